import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './e2e/support/browser.ts';

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
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // A trace takes a quarter of the whole time: `npx playwright test --trace on` where one is wanted.
    trace: 'off',
    // Drawing traffic 60 times a second in software takes a processor core, which the tests need for what they test.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: chromiumOptions(),
  },
});
