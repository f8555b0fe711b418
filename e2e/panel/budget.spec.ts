import type { Page } from '@playwright/test';
import { expect, shared as test } from './fixture.ts';

/** Bytes, not KiB: what the issue of such a page allows. */
const MOST_BYTES = 300_000;

/** Bytes of JavaScript as they come over the wire, compressed, by file name. */
async function scriptsOf(page: Page): Promise<ReadonlyMap<string, number>> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const scripts = new Map<string, string>();
  const sizes = new Map<string, number>();
  client.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') scripts.set(requestId, new URL(response.url).pathname);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = scripts.get(requestId);
    if (path !== undefined) sizes.set(path, encodedDataLength);
  });
  return sizes;
}

test('the overview with its chart drawn takes less than 300,000 bytes of JavaScript, compressed', async ({
  overview,
  page,
}) => {
  const sizes = await scriptsOf(page);
  await overview.open();
  await expect(page.locator('.recharts-surface path.chart-line').first()).toBeAttached();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript of the overview: ${total} bytes in ${sizes.size} files`);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThan(MOST_BYTES);
});
