import { type Balancer, startBalancer } from '../support/balancer.ts';
import { bringBack } from './bring-back.ts';
import { OverviewPage } from './overview-page.ts';
import { type PanelProcess, startPanel } from './panel-process.ts';
import { test as base } from './profile.ts';

export interface Options {
  /** How many replicas the balancer starts with. */
  readonly replicas: number;
  /** Environment of the panel's process. */
  readonly panelEnv: Readonly<Record<string, string>>;
  /** More flags of the balancer. */
  readonly balancerFlags: readonly string[];
}

interface Fixtures {
  /** A real balancer with real replicas: local processes on free ports. */
  readonly balancer: Balancer;
  /** The built panel in front of it. */
  readonly panel: PanelProcess;
  readonly overview: OverviewPage;
}

interface Servers {
  readonly balancer: Balancer;
  readonly panel: PanelProcess;
}

/** A balancer of three replicas and its panel, for as long as they are used. */
async function withServers(panelEnv: Readonly<Record<string, string>>, use: (servers: Servers) => Promise<void>) {
  const balancer = await startBalancer(['--runtime', 'process', '--replicas', '3']);
  const panel = await startPanel(balancer.url, panelEnv);
  await use({ balancer, panel });
  await panel.stop();
  await balancer.stop();
}

/** The tokens that `guarded` tests sign in with. */
export const TOKENS = { operator: 'operator-token-for-the-test', viewer: 'viewer-token-for-the-test' };

/** The environment of a panel that wants them. */
export const WANTS_TOKENS = {
  RINGMASTER_PANEL_OPERATOR_TOKEN: TOKENS.operator,
  RINGMASTER_PANEL_VIEWER_TOKEN: TOKENS.viewer,
};

/**
 * All kinds of test run in one worker, so that what is shared is started once, when the first asks for it. It lives as
 * long as the worker and is never quite idle: the one file whose tests are guarded comes late in the alphabet.
 */
const worker = base.extend<Record<never, never>, { servers: Servers; guardedServers: Servers }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  servers: [async ({}, use) => withServers({}, use), { scope: 'worker' }],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  guardedServers: [async ({}, use) => withServers(WANTS_TOKENS, use), { scope: 'worker' }],
});

/** Each test has a new balancer and a new panel. */
export const test = worker.extend<Options & Fixtures>({
  replicas: [3, { option: true }],
  panelEnv: [{}, { option: true }],
  balancerFlags: [[], { option: true }],
  balancer: async ({ replicas, balancerFlags }, use) => {
    const balancer = await startBalancer(['--runtime', 'process', '--replicas', String(replicas), ...balancerFlags]);
    await use(balancer);
    await balancer.stop();
  },
  panel: async ({ balancer, panelEnv }, use) => {
    const panel = await startPanel(balancer.url, panelEnv);
    await use(panel);
    await panel.stop();
  },
  overview: async ({ page, panel }, use) => {
    await use(new OverviewPage(page, panel.url));
  },
});

/**
 * For tests to which the past does not matter: they share one balancer and its panel, whose start costs more than most
 * of them. S1, S2 and S3 all serve, there are no runs, and no alerts but those of the rules there are from the start;
 * what others did is still in the events.
 */
export const shared = worker.extend<Fixtures & { readonly pair: Servers }>({
  pair: async ({ servers }, use) => use(servers),
  balancer: async ({ pair }, use) => {
    await bringBack(pair.balancer.url, ['S1', 'S2', 'S3']);
    await use(pair.balancer);
  },
  panel: async ({ pair, balancer: _ready }, use) => {
    await use(pair.panel);
  },
  overview: async ({ page, panel }, use) => {
    await use(new OverviewPage(page, panel.url));
  },
});

/** As `shared`, with a panel that nobody sees anything of without a token. */
export const guarded = shared.extend({
  pair: async ({ guardedServers }, use) => use(guardedServers),
});

export { expect } from '@playwright/test';
