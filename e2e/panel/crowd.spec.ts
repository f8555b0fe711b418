import { startUpstreams } from '../bench/upstreams.ts';
import { startBalancer } from '../support/balancer.ts';
import { expect, test } from './fixture.ts';
import { overlaps } from './overlaps.ts';

const REPLICAS = 56;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** As many as a ring takes, in one process: what is tested here is how the panel shows them. */
const crowd = test.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  balancer: async ({}, use) => {
    const upstreams = await startUpstreams(REPLICAS);
    const balancer = await startBalancer(['--upstreams', upstreams.addresses.join(',')]);
    await use(balancer);
    await balancer.stop();
    upstreams.stop();
  },
});

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
    const tidy = async (path: string): Promise<void> => {
      for (const size of SIZES) {
        await page.setViewportSize(size);
        const where = `${path} at ${size.width}`;
        expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBe(size.width);
        expect(await overlaps(page), where).toEqual([]);
      }
      await page.setViewportSize(SIZES[0]);
    };
    await expect(shares).toHaveCount(REPLICAS);
    expect(await owners()).toBe(REPLICAS);
    await tidy('the overview');

    const go = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await go('Replicas');
    await expect(page.getByText(`${REPLICAS} of ${REPLICAS}`, { exact: true })).toBeVisible();
    await expect(overview.rows).toHaveCount(REPLICAS);
    await tidy('the replicas');
    await go('Ring');
    await expect(page.getByText('Virtual nodes')).toBeVisible();
    expect(await owners()).toBe(REPLICAS);
    await tidy('the ring');
  },
);
