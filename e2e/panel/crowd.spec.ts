import type { Page } from '@playwright/test';
import { startUpstreams } from '../bench/upstreams.ts';
import { startBalancer } from '../support/balancer.ts';
import { expect, test } from './fixture.ts';
import { overlaps } from './overlaps.ts';

const REPLICAS = 56;
const DOZEN = 12;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** Replicas in one process: what is tested here is how the panel shows them. By default as many as a ring takes. */
const crowd = test.extend<{ readonly count: number }>({
  count: [REPLICAS, { option: true }],
  balancer: async ({ count }, use) => {
    const upstreams = await startUpstreams(count);
    const balancer = await startBalancer(['--upstreams', upstreams.addresses.join(',')]);
    await use(balancer);
    await balancer.stop();
    upstreams.stop();
  },
});

async function expectTidy(page: Page, path: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const where = `${path} at ${size.width}`;
    expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBe(size.width);
    expect(await overlaps(page), where).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]);
}

crowd(
  '56 replicas are all in ring, table and shares, and nothing is in the way of anything else',
  async ({ overview, page }) => {
    await overview.open();
    await expect(overview.serving).toHaveText(`${REPLICAS}/${REPLICAS}`);
    await expect(overview.rows).toHaveCount(REPLICAS);
    const shares = page.getByRole('figure', { name: 'Share of requests' }).getByRole('img');
    const owners = () =>
      overview.ring
        .locator('[data-layer=arcs] path')
        .evaluateAll((arcs) => new Set(arcs.map((arc) => arc.getAttribute('data-seat'))).size);
    await expect(shares).toHaveCount(REPLICAS);
    expect(await owners()).toBe(REPLICAS);
    await expectTidy(page, 'the overview');

    await overview.go('Replicas');
    await expect(page.getByText(`${REPLICAS} of ${REPLICAS}`, { exact: true })).toBeVisible();
    await expect(overview.rows).toHaveCount(REPLICAS);
    await expectTidy(page, 'the replicas');
    await overview.go('Ring');
    await expect(page.getByText('Virtual nodes')).toBeVisible();
    expect(await owners()).toBe(REPLICAS);
    await expectTidy(page, 'the ring');
  },
);

crowd(
  'the page of one of 56 replicas tells what happened to it, whatever happened since',
  async ({ overview, page, balancer }) => {
    // More than a page begins with, and none of it is about S1.
    for (let number = 2; number <= REPLICAS; number += 1) {
      for (const action of ['drain', 'undrain', 'drain', 'undrain']) {
        await fetch(`${balancer.url}/_ring/v1/replicas/S${number}/${action}`, { method: 'POST' });
      }
    }
    await overview.open('/replicas/S1');
    await expect(page.getByTestId('events').getByText('serving', { exact: true })).toBeVisible();
    await overview.go('Events');
    await expect(page.getByText(/^the latest 2\d\d events$/)).toBeVisible();
  },
);

crowd.describe(() => {
  crowd.use({ count: DOZEN });

  crowd(
    'of 12 replicas the table is whole, and shares are shown where that leaves them room',
    async ({ overview, page }) => {
      const shares = page.getByRole('figure', { name: 'Share of requests' });
      await page.setViewportSize({ width: 1920, height: 1080 });
      await overview.open();
      await expect(overview.rows).toHaveCount(DOZEN);
      await expect(overview.rows.last()).toBeInViewport({ ratio: 1 });
      await expect(shares).toBeInViewport({ ratio: 1 });
      await expectTidy(page, 'the overview');
      await page.setViewportSize({ width: 1440, height: 800 });
      await expect(overview.rows.last()).toBeInViewport({ ratio: 1 });
      await expect(shares).not.toBeInViewport();
    },
  );
});
