/**
 * Takes the pictures of the README from a real balancer with real replicas under load. Needs the built panel.
 *   npm run pictures -- [--out docs/images]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { OverviewPage } from './panel/overview-page.ts';
import { startPanel } from './panel/panel-process.ts';
import { startBalancer } from './support/balancer.ts';
import { chromiumOptions } from './support/browser.ts';
import { startLoad } from './support/load.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/images' } } });
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** The charts have something to show after this; ms. */
const HISTORY_MS = 45_000;

/** A replica takes so long to start that it can be caught away: without that it is back before a picture is taken. */
const START_MS = 2_000;
/** By then ring, row, stopwatch and events all tell of it. */
const SEEN_MS = 300;
/** A new replica has to be asked for something before it says how it does. */
const SETTLE_MS = 8_000;

type Theme = 'dark' | 'light';

async function onPage(
  browser: Browser,
  look: { readonly theme: Theme; readonly viewport?: typeof DESK },
  task: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: look.viewport ?? DESK, colorScheme: look.theme });
  await task(await context.newPage());
  await context.close();
}

const slowStart = ['--env', 'SERVER_LAB=1', '--env', `SERVER_LAB_START_DELAY_MS=${START_MS}`];
const balancer = await startBalancer(['--runtime', 'process', '--replicas', '5', ...slowStart]);
const panel = await startPanel(balancer.url);
const load = startLoad(`${balancer.url}/home`, 2);
const browser = await chromium.launch(chromiumOptions());
const save = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(values.out, `${name}.png`) });
};

/** The overview while a replica is away: killed, and caught before it serves again. */
async function killed(theme: Theme, name: string): Promise<void> {
  await onPage(browser, { theme }, async (page) => {
    const overview = new OverviewPage(page, panel.url);
    await overview.open();
    await page.waitForTimeout(2_000);
    await overview.kill(name);
    await page.locator(`[data-testid=replica-${name}]:not([data-status=serving])`).waitFor();
    await page.waitForTimeout(SEEN_MS);
    await save(page, `overview-${theme}`);
    await overview.row(name).and(page.locator('[data-status=serving]')).waitFor();
    await page.waitForTimeout(SETTLE_MS);
  });
}

/** The moment in the middle of the latest failure, wall time in ms. */
async function lastFailure(): Promise<number> {
  const answer = await fetch(`${balancer.url}/_ring/v1/incidents?limit=1`);
  const { incidents } = (await answer.json()) as { incidents: { at: number; newInstanceMs: number }[] };
  const [incident] = incidents;
  if (incident === undefined) throw new Error('nothing has failed');
  return Math.ceil(incident.at + incident.newInstanceMs + 1);
}

async function plain(name: string, path: string, theme: Theme, viewport = DESK): Promise<void> {
  await onPage(browser, { theme, viewport }, async (page) => {
    await page.goto(panel.url + path);
    await page.waitForTimeout(5_000);
    await save(page, name);
  });
}

try {
  await new Promise((resolve) => setTimeout(resolve, HISTORY_MS));
  await killed('dark', 'S2');
  await killed('light', 'S4');
  await plain('ring', '/ring?key=%2Fuser%2F42', 'dark');
  await plain('replica', '/replicas/S2', 'light');
  await plain('replay', `/replay?span=15m&at=${await lastFailure()}`, 'dark');
  await plain('phone', '/', 'dark', PHONE);
} finally {
  await browser.close();
  await load.stop();
  await panel.stop();
  await balancer.stop();
}
