import { startLoad } from '../support/load.ts';
import { expect, shared, test } from './fixture.ts';
import { stepUntil } from './step-until.ts';

shared(
  'a replica killed from the panel comes back, the stopwatch says how fast, and no request is lost',
  async ({ overview, balancer }) => {
    await overview.open();
    await expect(overview.serving).toHaveText('3/3');
    const restarts = overview.row('S2').locator('td').nth(7);
    const before = Number((await restarts.textContent())?.replace('–', '0'));
    const load = startLoad(`${balancer.url}/home`, 4, { pauseMs: 10 });
    await overview.kill('S2');

    await expect(restarts).toHaveText(String(before + 1));
    await expect(overview.stopwatch).toContainText('S2');
    await expect(overview.stopwatch.locator('[data-state=done]')).toHaveCount(4);
    await expect(overview.row('S2')).toHaveAttribute('data-status', 'serving');
    await expect(overview.serving).toHaveText('3/3');
    await expect(overview.events).toContainText('killed');
    await expect(overview.stopwatch.getByTestId('lost')).toHaveText(/^0of/);
    const { errors, sent } = await load.stop();
    expect(Object.fromEntries(errors)).toEqual({});
    expect(sent).toBeGreaterThan(100);
  },
);

shared('while a replica is away the ring, the row and the words all say so', async ({ overview, balancer }) => {
  await overview.open();
  await overview.choose('S1', 'Pause…');
  await overview.confirm('Pause S1');
  await expect(overview.row('S1')).toHaveAttribute('data-status', 'paused');
  await expect(overview.healthWords).toHaveText('S1 is paused');
  await expect(overview.serving).toHaveText('2/3');
  await expect(overview.ring.locator('path[data-kind=away]').first()).toBeVisible();
  const state = (await (await fetch(`${balancer.url}/_ring/v1/state`)).json()) as { totals: { serving: number } };
  expect(state.totals.serving).toBe(2);

  const undo = overview.toasts.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  expect(await overview.toastOverMain()).toBeLessThanOrEqual(2);
  // On a phone it is a strip on the bar with the pages, and the page ends above it.
  await overview.page.setViewportSize({ width: 390, height: 844 });
  const bar = await overview.page.getByRole('navigation').boundingBox();
  await expect.poll(() => overview.toastBottom()).toBe(bar?.y);
  expect((await overview.toasts.first().boundingBox())?.height).toBeLessThanOrEqual(48);
  expect(await overview.roomBelowMain()).toBeGreaterThanOrEqual(48 + (bar?.height ?? 0));
  await undo.click();
  await expect(overview.row('S1')).toHaveAttribute('data-status', 'serving');
  await expect(overview.ring.locator('path[data-kind=away]')).toHaveCount(0);
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
  // Where a probe fails before its end is heard of, it is degraded first, and serves as yet.
  await stepUntil(page, () => page.keyboard.press('.'), overview.row('S3'), /^(?!serving$|degraded$)/);
  await expect(overview.stopwatch).toContainText('S3');
  await expect(overview.serving).toHaveText('2/3');
});
