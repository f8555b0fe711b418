import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import type { OverviewPage } from './overview-page.ts';

/** Pauses S2 for two seconds, and tells moments (wall time, ms) before it and in its middle. */
async function pauseForAWhile(overview: OverviewPage): Promise<{ readonly before: number; readonly middle: number }> {
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
  return { before, middle };
}

async function openReplay(page: Page, url: string, at: number): Promise<void> {
  await page.goto(`${url}/replay?at=${at}&span=15m`);
  await expect(page.getByTestId('replica-table')).toBeVisible();
}

test('at a moment of the past ring, words, rows, figures and events are as they were, and nothing passes for live', async ({
  overview,
  panel,
  page,
}) => {
  const { middle } = await pauseForAWhile(overview);
  await openReplay(page, panel.url, middle);
  await expect(page.getByTestId('past-banner')).toContainText('You look at the past');
  await expect(overview.connection).toHaveText('the past');
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  await expect(overview.healthWords).toHaveText('S2 is paused');
  await expect(overview.serving).toHaveText('2/3');
  await expect(overview.headline).toContainText('2 of 3 serving');
  await expect(overview.ring.locator('path[data-kind=away]').first()).toBeVisible();
  await expect(overview.events.locator('li').first()).toContainText('paused');
  await expect(page.getByRole('button', { name: 'Add…' })).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(overview.sheet).toHaveCount(0);
});

test('one steps from event to event, and the slider, Home and the arrows move the moment', async ({
  overview,
  panel,
  page,
}) => {
  const { middle } = await pauseForAWhile(overview);
  await openReplay(page, panel.url, middle);
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  await expect(async () => {
    await page.getByRole('button', { name: 'To the next event' }).click();
    await expect(overview.row('S2')).toHaveAttribute('data-status', 'serving', { timeout: 500 });
  }).toPass();
  await expect(async () => {
    await page.keyboard.press(',');
    await expect(overview.row('S2')).not.toHaveAttribute('data-status', 'serving', { timeout: 500 });
  }).toPass();
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
  const { before } = await pauseForAWhile(overview);
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

test('the stopwatch of a failure leads to its replay', async ({ overview, page }) => {
  await overview.open();
  await overview.kill('S3');
  await expect(overview.stopwatch.locator('[data-state=done]')).toHaveCount(4);
  await page.waitForTimeout(1_500);
  await page.getByRole('link', { name: 'replay it' }).click();
  await expect(page.getByTestId('past-banner')).toBeVisible();
  await expect(overview.row('S3')).toHaveAttribute('data-status', 'serving');
  await expect(page.getByTestId('stopwatch-empty')).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('.');
    await expect(overview.row('S3')).not.toHaveAttribute('data-status', 'serving', { timeout: 500 });
  }).toPass();
  await expect(overview.stopwatch).toContainText('S3');
  await expect(overview.serving).toHaveText('2/3');
});
