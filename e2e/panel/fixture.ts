import { test as base } from '@playwright/test';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { bringBack } from './bring-back.ts';
import { OverviewPage } from './overview-page.ts';
import { type PanelProcess, startPanel } from './panel-process.ts';

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

/** Both kinds of test run in one worker, so that what is shared is started once. */
const worker = base.extend<Record<never, never>, { servers: Servers }>({
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use) => {
      const balancer = await startBalancer(['--runtime', 'process', '--replicas', '3']);
      const panel = await startPanel(balancer.url);
      await use({ balancer, panel });
      await panel.stop();
      await balancer.stop();
    },
    { scope: 'worker' },
  ],
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
 * of them. S1, S2 and S3 all serve and there are no runs; what others did is still in the events.
 */
export const shared = worker.extend<Fixtures>({
  balancer: async ({ servers }, use) => {
    await bringBack(servers.balancer.url, ['S1', 'S2', 'S3']);
    await use(servers.balancer);
  },
  panel: async ({ servers, balancer: _ready }, use) => {
    await use(servers.panel);
  },
  overview: async ({ page, panel }, use) => {
    await use(new OverviewPage(page, panel.url));
  },
});

export { expect } from '@playwright/test';
