import { test as base } from '@playwright/test';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { bringBack } from './bring-back.ts';
import { OverviewPage } from './overview-page.ts';
import { type PanelProcess, startPanel } from './panel-process.ts';

interface Servers {
  readonly balancer: Balancer;
  readonly panel: PanelProcess;
}

interface Fixtures {
  /** A real balancer whose S1, S2 and S3 all serve, and which has no runs; others had it before. */
  readonly balancer: Balancer;
  readonly panel: PanelProcess;
  readonly overview: OverviewPage;
}

/**
 * For tests to which the past of the balancer does not matter: they share one and its panel, as the start of both costs
 * more than most tests. Whoever needs them new takes `fixture.ts`.
 */
export const test = base.extend<Fixtures, { servers: Servers }>({
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
