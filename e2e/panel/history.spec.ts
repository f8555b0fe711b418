import { readFile } from 'node:fs/promises';
import { startLoad } from '../support/load.ts';
import { expect, shared, test } from './fixture.ts';

test('the past is kept, can be walked moment by moment, linked to, and taken home as CSV', async ({
  overview,
  page,
}) => {
  await overview.open();
  await overview.choose('S2', 'Pause…');
  await overview.confirm('Pause S2');
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  await page.waitForTimeout(2_000);

  await overview.open('/history');
  const moment = page.getByTestId('moment');
  await expect(moment.locator('tbody tr')).toHaveCount(3);
  await expect(moment.locator('tbody tr').nth(1)).toContainText('paused');
  const slider = page.getByRole('slider', { name: 'Moment' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(moment.locator('tbody tr').nth(1)).not.toContainText('paused');
  await expect(page).toHaveURL(/at=\d+/);
  const link = page.url();

  const chart = page.getByRole('figure', { name: 'Requests by replica' });
  await chart.getByRole('button', { name: 'as table' }).click();
  await expect(chart.getByRole('columnheader')).toHaveText(['time', 'S1', 'S2', 'S3']);
  const download = page.waitForEvent('download');
  await chart.getByRole('button', { name: 'CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toMatch(
    /^time,S1 \(req\/s\),S2 \(req\/s\),S3 \(req\/s\)\r\n\d{4}-\d\d-\d\dT[\d:.]+Z,[\d.]+,[\d.]+,[\d.]+/,
  );

  await page.goto('about:blank');
  await page.goto(link);
  await expect(moment.locator('tbody tr').nth(1)).not.toContainText('paused');
});

shared('the live charts begin with what was kept before the page was opened', async ({ overview, page, balancer }) => {
  const load = startLoad(`${balancer.url}/home`, 1, { pauseMs: 10 });
  await page.waitForTimeout(4_000);
  await overview.open();
  const panel = page.getByRole('region', { name: 'Requests per second, by replica' });
  await panel.getByRole('button', { name: 'as table' }).click();
  await expect.poll(() => panel.locator('tbody tr').count(), { timeout: 1_500 }).toBeGreaterThan(3);
  await load.stop();
});

shared(
  'a window is moved over the range by mouse and by arrow keys, and keeps the focus',
  async ({ overview, page, balancer }) => {
    const load = startLoad(`${balancer.url}/home`, 1, { pauseMs: 10 });
    await page.waitForTimeout(6_000);
    await overview.open('/history');
    const edges = page.getByRole('slider', { name: 'Edge of the window' });
    await expect(edges).toHaveCount(2);
    const stretch = () => {
      const { searchParams } = new URL(page.url());
      return { from: Number(searchParams.get('from')), to: Number(searchParams.get('to')) };
    };
    await edges.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/from=\d+&to=\d+/);
    const once = stretch();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => stretch().from).toBeGreaterThan(once.from);
    expect(stretch().to).toBe(once.to);
    const twice = stretch();

    const right = await edges.last().boundingBox();
    const left = await edges.first().boundingBox();
    if (right === null || left === null) throw new Error('the window has no edges');
    await page.mouse.move(right.x + right.width / 2, right.y + right.height / 2);
    await page.mouse.down();
    await page.mouse.move((left.x + right.x) / 2, right.y + right.height / 2, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => stretch().to).toBeLessThan(twice.to);
    expect(stretch().from).toBe(twice.from);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect(page).not.toHaveURL(/from=/);
    await load.stop();
  },
);

shared('each chart of a replica has its figures behind it, as a table and as CSV', async ({ overview, page }) => {
  await overview.open('/replicas/S1');
  const chart = page.getByRole('figure', { name: 'Latency' });
  await chart.getByRole('button', { name: 'as table' }).click();
  await expect(chart.getByRole('columnheader')).toHaveText(['time', 'p50', 'p99']);
  await expect(chart.locator('tbody tr').nth(1)).toBeVisible();
  const download = page.waitForEvent('download');
  await chart.getByRole('button', { name: 'CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toMatch(/^time,p50 \(ms\),p99 \(ms\)\r\n\d{4}-\d\d-\d\dT[\d:.]+Z,/);
});
