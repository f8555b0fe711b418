import type { Page } from '@playwright/test';
import { expect, shared as test } from './fixture.ts';
import type { OverviewPage } from './overview-page.ts';
import { stepUntil } from './step-until.ts';

/** Moments, wall time in ms. */
interface Pause {
  readonly before: number;
  readonly middle: number;
}

/** By the panel's address: what is past stays so, and every test may look at it. */
const pauses = new Map<string, Pause>();

/** S2 was paused for two seconds: now, or for a test before. */
async function pauseForAWhile(overview: OverviewPage, url: string): Promise<Pause> {
  const known = pauses.get(url);
  if (known) return known;
  await overview.open();
  await overview.page.waitForTimeout(1_500);
  const before = Date.now();
  await overview.choose('S2', 'Pause…');
  await overview.confirm('Pause S2');
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  await overview.page.waitForTimeout(1_000);
  const middle = Date.now();
  await overview.page.waitForTimeout(1_000);
  await overview.toasts.getByRole('button', { name: 'Undo' }).click();
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'serving');
  await overview.page.waitForTimeout(1_500);
  pauses.set(url, { before, middle });
  return { before, middle };
}

async function openReplay(page: Page, url: string, at: number): Promise<void> {
  await page.goto(`${url}/replay?at=${at}&span=1h`);
  await expect(page.getByTestId('replica-table')).toBeVisible();
}

test('at a moment of the past ring, words, rows, figures and events are as they were, and nothing passes for live', async ({
  overview,
  panel,
  page,
}) => {
  const { middle } = await pauseForAWhile(overview, panel.url);
  await openReplay(page, panel.url, middle);
  await expect(page.getByTestId('past-banner')).toContainText('You look at the past');
  await expect(overview.connection).toHaveText('the past');
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  await expect(overview.healthWords).toHaveText('S2 is paused');
  await expect(overview.serving).toHaveText('2/3');
  await expect(overview.headline).toContainText('2 of 3 serving');
  await expect(overview.ring.locator('path[data-kind=away]').first()).toBeVisible();
  // An alert of a test before may have ended since.
  await expect(overview.events.locator('li').filter({ hasNotText: 'alert' }).first()).toContainText('paused');
  await expect(page.getByRole('button', { name: 'Add…' })).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(overview.sheet).toHaveCount(0);
});

test('one steps from event to event, and the slider, Home and the arrows move the moment', async ({
  overview,
  panel,
  page,
}) => {
  const { middle } = await pauseForAWhile(overview, panel.url);
  await openReplay(page, panel.url, middle);
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  const next = page.getByRole('button', { name: 'To the next event' });
  await stepUntil(page, () => next.click(), overview.row('S2'), /^serving$/);
  await stepUntil(page, () => page.keyboard.press(','), overview.row('S2'), /^(?!serving$)/);
  const slider = page.getByRole('slider', { name: 'Moment' });
  const before = Number(await slider.inputValue());
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveValue(String(before - 1_000));
  await page.keyboard.press('Home');
  await expect(page.getByTestId('nothing-kept')).toContainText('No balancer ran at this moment');
});

test('a replay plays on by itself until it is paused, and the address names the moment on any browser', async ({
  overview,
  panel,
  page,
  browser,
}) => {
  const { before } = await pauseForAWhile(overview, panel.url);
  await openReplay(page, panel.url, before);
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'serving');
  await page.keyboard.press('Space');
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const shown = await page.getByTestId('moment-shown').textContent();
  const slider = page.getByRole('slider', { name: 'Moment' });
  await expect(page).toHaveURL(new RegExp(`at=${await slider.inputValue()}`));

  const status = (await overview.row('S2').getAttribute('data-status')) ?? '';
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(page.url());
  await expect(other.getByTestId('replica-S2')).toHaveAttribute('data-status', status);
  await expect(other.getByTestId('moment-shown')).toHaveText(shown ?? '');
  await elsewhere.close();

  await page.keyboard.press('l');
  await expect(overview.connection).toHaveText('live');
  await expect(overview.serving).toHaveText('3/3');
});
