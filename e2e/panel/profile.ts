import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, chromium } from '@playwright/test';
import { chromiumOptions } from '../support/browser.ts';

/** What a page may leave behind for the next one, but for its scripts as read and compiled. */
const LEFT_BEHIND = 'local_storage,indexeddb,cache_storage,service_workers';

/** Closes all pages but the blank one that the browser began with, and forgets what they left. */
async function tidy(context: BrowserContext): Promise<void> {
  const [blank, ...used] = context.pages();
  if (blank === undefined) throw new Error('a test has closed a page that is not its own');
  const origins = new Set(used.map((page) => new URL(page.url()).origin).filter((origin) => origin !== 'null'));
  for (const page of used) await page.close();
  context.removeAllListeners('request');
  await context.setOffline(false);
  await context.clearCookies();
  const session = await context.newCDPSession(blank);
  for (const origin of origins) await session.send('Storage.clearDataForOrigin', { origin, storageTypes: LEFT_BEHIND });
  await session.detach();
}

/**
 * The browser as somebody has it who comes back: one profile for all specs, in which the panel's scripts are kept and need
 * not be read and compiled again for each page, a fifth of all that a page takes. Nothing else is kept from test to test.
 */
export const test = base.extend<Record<never, never>, { profile: BrowserContext }>({
  profile: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'ringmaster-profile-'));
      const options = { ...chromiumOptions(), reducedMotion: 'reduce' } as const;
      const context = await chromium.launchPersistentContext(folder, options);
      await use(context);
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],
  context: async ({ profile }, use) => {
    await use(profile);
    await tidy(profile);
  },
  page: async ({ context, viewport }, use) => {
    const page = await context.newPage();
    if (viewport) await page.setViewportSize(viewport);
    await use(page);
  },
});
