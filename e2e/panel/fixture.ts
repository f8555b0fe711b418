import { test as base } from '@playwright/test';
import { type Balancer, startBalancer } from '../support/balancer.ts';
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

export const test = base.extend<Options & Fixtures>({
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

export { expect } from '@playwright/test';
