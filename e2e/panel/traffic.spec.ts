import type { Page } from '@playwright/test';
import { startLoad } from '../support/load.ts';
import { expect, shared as test } from './fixture.ts';

/** How many pixels of the ring's canvas are drawn on; 0 where there is no canvas. */
function litPixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const drawn = document.querySelector('canvas');
    if (drawn === null) return 0;
    const copy = new OffscreenCanvas(300, 300).getContext('2d');
    copy?.drawImage(drawn, 0, 0, 300, 300);
    const { data } = copy?.getImageData(0, 0, 300, 300) ?? { data: [] };
    return data.filter((_value, index) => index % 4 === 3).filter((alpha) => alpha > 0).length;
  });
}

test('traffic is drawn on the ring in each mode, goes with a pause and comes back after it', async ({
  overview,
  page,
  balancer,
}) => {
  await overview.open('/ring');
  expect(await litPixels(page)).toBe(0);
  const load = startLoad(`${balancer.url}/home`, 2, { pauseMs: 20 });
  await expect.poll(() => litPixels(page)).toBeGreaterThan(100);
  await page.getByRole('button', { name: 'Pause traffic' }).click();
  expect(await litPixels(page)).toBe(0);
  await page.getByRole('button', { name: 'Show traffic' }).click();
  await expect.poll(() => litPixels(page)).toBeGreaterThan(100);
  await page.getByTitle('How much each slot is asked for').click();
  await expect.poll(() => litPixels(page)).toBeGreaterThan(100);
  await load.stop();
});

test('the chart draws a line a replica, and says their figures where it is pointed at', async ({
  overview,
  page,
  balancer,
}) => {
  await overview.open();
  const load = startLoad(`${balancer.url}/home`, 2, { pauseMs: 20 });
  const chart = page.getByRole('region', { name: 'Requests per second, by replica' });
  await expect.poll(() => chart.locator('path.chart-line').last().getAttribute('d')).toMatch(/^M[\d.]+,[\d.]+L/);
  await expect(chart.locator('path.chart-line')).toHaveCount(3);

  const box = await chart.locator('.recharts-surface').boundingBox();
  const pointed = (box?.x ?? 0) + (box?.width ?? 0) - 20;
  await page.mouse.move(pointed, (box?.y ?? 0) + 40);
  const tip = chart.locator('.recharts-tooltip-wrapper');
  await expect(tip).toContainText(/S1.*S2.*S3.*req\/s/);
  const cursor = await chart.locator('.recharts-tooltip-cursor').boundingBox();
  expect(Math.abs((cursor?.x ?? 0) - pointed)).toBeLessThan(20);
  await expect(chart.locator('path.recharts-line-curve')).toHaveCount(3);
  await expect(chart.locator('path.chart-line')).toHaveCount(0);

  await page.mouse.move(5, 5);
  await expect(chart.locator('path.chart-line')).toHaveCount(3);
  await load.stop();
});
