import { readFile } from 'node:fs/promises';
import { startLoad } from '../support/load.ts';
import { expect, test } from './fixture.ts';

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

test('the live charts begin with what was kept before the page was opened', async ({ overview, page, balancer }) => {
  const load = startLoad(`${balancer.url}/home`, 1);
  await page.waitForTimeout(4_000);
  await overview.open();
  const panel = page.getByRole('region', { name: 'Requests per second, by replica' });
  await panel.getByRole('button', { name: 'as table' }).click();
  await expect.poll(() => panel.locator('tbody tr').count(), { timeout: 1_500 }).toBeGreaterThan(3);
  await load.stop();
});
