import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** CHROMIUM_PATH, else Debian's Chromium where it is installed, else Playwright's own. */
function executable(): { readonly executablePath?: string } {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return { executablePath: given };
  return existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {};
}

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e/panel',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: [['list']],
  forbidOnly: true,
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    // Drawing traffic 60 times a second in software takes a processor core, which the tests need for what they test.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...executable(),
      args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-component-update'],
    },
  },
});
