import { get } from 'node:http';
import type { Page } from '@playwright/test';
import { expect, shared as test } from './fixture.ts';

/** Bytes, not KiB: what the issue of such a page allows. */
const MOST_BYTES = 300_000;

/** The addresses of all scripts that the page and its workers load. */
function scriptsOf(page: Page): ReadonlySet<string> {
  const scripts = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) scripts.add(origin + pathname);
  });
  return scripts;
}

/** Bytes of a file as it comes over the wire, compressed, without its headers. */
function sizeOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let size = 0;
      answer.on('data', (bytes: Buffer) => (size += bytes.length));
      answer.on('end', () => resolve(size));
      answer.on('error', reject);
    });
    request.on('error', reject);
  });
}

test('the overview with its chart and its traffic takes less than 300,000 bytes of JavaScript, compressed', async ({
  overview,
  page,
}) => {
  const scripts = scriptsOf(page);
  await overview.open();
  await expect(page.locator('.recharts-surface path.chart-line').first()).toBeAttached();
  await expect.poll(() => page.workers().length).toBe(1);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const sizes = await Promise.all([...scripts].map(sizeOf));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript of the overview: ${total} bytes in ${sizes.length} files`);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(total).toBeLessThan(MOST_BYTES);
});
