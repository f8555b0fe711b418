import type { Page } from '@playwright/test';
import { expect, shared as test } from './fixture.ts';
import { overlaps } from './overlaps.ts';

test('the ring is one tab stop and can be walked and asked by keyboard alone', async ({ overview, page }) => {
  await overview.open('/ring');
  await overview.ring.focus();
  await page.keyboard.press('End');
  await expect(overview.ring).toHaveAttribute('aria-valuenow', '511');
  await page.keyboard.press('ArrowRight');
  await expect(overview.ring).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('PageUp');
  await expect(overview.ring).toHaveAttribute('aria-valuenow', '16');
  await expect(overview.ring).toHaveAttribute('aria-valuetext', /^Slot 16: S\d, virtual node at \d+, then S\d, S\d$/);
  await page.keyboard.press('n');
  const node = Number(await overview.ring.getAttribute('aria-valuenow'));
  await expect(page.getByTestId('inspection')).toContainText('on this very slot');
  await expect(page).toHaveURL(new RegExp(`slot=${node}`));
  await page.keyboard.press('Escape');
  await expect(overview.ring).toHaveAttribute('aria-valuetext', 'No slot picked out');
});

/** What every size on the page follows, px. */
const rootSize = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).fontSize);

test('a key leads to the slot and the replicas the balancer names for it, a projector’s size and a reload or not', async ({
  overview,
  page,
  balancer,
}) => {
  await overview.open('/ring');
  expect(await rootSize(page)).toBe('16px');
  await page.keyboard.press('p');
  await expect.poll(() => rootSize(page)).toBe('20px');
  for (const key of ['/user/42', 'ünïcode', 'a']) {
    await page.getByLabel('Key', { exact: true }).fill(key);
    const answer = await fetch(`${balancer.url}/_ring/v1/keys?key=${encodeURIComponent(key)}`);
    const said = (await answer.json()) as {
      slot: number;
      hash: number;
      virtualNode: number;
      owner: { name: string };
      understudies: { name: string }[];
    };
    const inspection = page.getByTestId('inspection');
    await expect(inspection).toContainText(`0x${said.hash.toString(16).padStart(8, '0')}`);
    await expect(inspection.locator('dt:text-is("slot") + dd')).toContainText(String(said.slot));
    await expect(inspection.locator('dt:text-is("virtual node") + dd')).toContainText(String(said.virtualNode));
    await expect(inspection.locator('dt:text-is("owner") + dd')).toHaveText(said.owner.name);
    await expect(inspection.locator('dt:text-is("understudies") + dd')).toHaveText(
      said.understudies.map((u) => u.name).join(''),
    );
  }
  await page.reload();
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue('a');
  await expect(overview.connection).toHaveText('live');
  await expect.poll(() => rootSize(page)).toBe('20px');
  expect(await overlaps(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
  await page.keyboard.press('p');
  await expect.poll(() => rootSize(page)).toBe('16px');
});

test('the palette finds and does; the sheet says the keys; g and a letter go places', async ({ overview, page }) => {
  await overview.open();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('What do you want to do?').fill('kill s2');
  await page.keyboard.press('Enter');
  // The palette, too, is a dialog with these words while it closes.
  await expect(overview.sheet.getByRole('button', { name: 'Kill S2', exact: true })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(overview.sheet).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(page.getByLabel('How many')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(overview.sheet).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(overview.sheet).toContainText('command palette');
  await page.keyboard.press('Escape');
  await expect(overview.sheet).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/\/events$/);
});
