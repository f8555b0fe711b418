import type { Balancer } from '../support/balancer.ts';
import { expect, test as fresh, shared as test } from './fixture.ts';
import { overlaps } from './overlaps.ts';

interface Replica {
  readonly name: string;
  readonly status: string;
  readonly instance: { readonly pid: number | null } | null;
}

async function replicaOf(balancer: Balancer, name: string): Promise<Replica | undefined> {
  const answer = await fetch(`${balancer.url}/_ring/v1/state`);
  return ((await answer.json()) as { replicas: Replica[] }).replicas.find((replica) => replica.name === name);
}

test('the tables of replicas and of events are sorted and filtered, and the address keeps the filters', async ({
  overview,
  page,
  balancer,
}) => {
  await fetch(`${balancer.url}/_ring/v1/replicas/S3/pause`, { method: 'POST' });
  await overview.open('/replicas');
  await expect(overview.row('S3')).toHaveAttribute('data-status', 'paused');
  await page.getByRole('button', { name: 'state', exact: true }).click();
  await expect(overview.rows.first()).toHaveAttribute('data-testid', 'replica-S3');
  await page.getByRole('button', { name: 'replica', exact: true }).click();
  await expect(overview.rows.first()).toHaveAttribute('data-testid', 'replica-S1');

  await page.getByText('Needs a look').click();
  await expect(overview.rows).toHaveCount(1);
  await page.reload();
  await expect(overview.rows).toHaveCount(1);
  await page.getByText('All', { exact: true }).click();
  await page.getByLabel('Filter by name').fill('s2');
  await expect(overview.rows).toHaveCount(1);
  await expect(overview.row('S2')).toBeVisible();
  await page.getByLabel('Filter by name').fill('nobody');
  await expect(page.getByText('No replica is like this.')).toBeVisible();

  await page.getByRole('link', { name: 'Events', exact: true }).click();
  const events = page.getByTestId('timeline').locator('tbody tr');
  await expect(events.filter({ hasText: 'S3' }).filter({ hasText: 'paused' }).first()).toBeVisible();
  await page.getByLabel('Search events').fill('PAUSED');
  await page.getByLabel('Severity').selectOption('warning');
  const found = page.getByText(/^(the latest )?\d+ events?$/);
  await expect(found).toBeVisible();
  const narrowed = Number.parseInt((await found.textContent())?.replace('the latest ', '') ?? '', 10);
  await expect(events).toHaveCount(narrowed);
  await expect(events.filter({ hasNotText: /paused/i })).toHaveCount(0);
  await expect(events.first()).toContainText('S3');
  await expect(page).toHaveURL(/severity=warning&find=PAUSED|find=PAUSED&severity=warning/);
  await page.reload();
  await expect(page.getByLabel('Search events')).toHaveValue('PAUSED');
  await expect(page.getByLabel('Severity')).toHaveValue('warning');
  await expect(events).toHaveCount(narrowed);
  await page.getByLabel('Search events').fill('nobody did this');
  await expect(page.getByText('No event is like this.')).toBeVisible();
  await expect(events).toHaveCount(0);
});

test('the page of a replica shows what its instance before had printed', async ({ overview, page, balancer }) => {
  await fetch(`${balancer.url}/_ring/v1/replicas/S2/kill`, { method: 'POST' });
  await overview.open('/replicas/S2');
  const log = page.getByRole('log');
  await expect(log).toContainText(/previous instance, .*SIGKILL.* ago/);
  await expect(log).toContainText('this instance');
  await expect(log.getByText('listening on')).toHaveCount(2);
});

test('a link followed right after a filter was typed is followed', async ({ overview, page }) => {
  await overview.open('/replicas');
  await expect(overview.row('S2')).toBeVisible();
  // The next page comes only after the address of this one is due.
  await page.route(/\/events\?_rsc=/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.getByLabel('Filter by name').focus();
  await page.evaluate(() => {
    document.execCommand('insertText', false, 's2');
    document.querySelector<HTMLAnchorElement>('nav a[href="/events"]')?.click();
  });
  await expect(page).toHaveURL(/\/events$/);
});

test('a replica is drained and taken back, and restarted, from its menu', async ({ overview, balancer }) => {
  await overview.open();
  await overview.choose('S1', 'Drain…');
  await overview.confirm('Drain S1');
  await expect(overview.row('S1')).toHaveAttribute('data-status', 'draining');
  await expect(overview.healthWords).toHaveText('S1 is draining');
  await overview.choose('S1', 'Return from drain');
  await expect(overview.row('S1')).toHaveAttribute('data-status', 'serving');

  const before = await replicaOf(balancer, 'S2');
  await overview.choose('S2', 'Restart…');
  await overview.confirm('Restart S2');
  await expect(async () => {
    const after = await replicaOf(balancer, 'S2');
    expect(after?.status).toBe('serving');
    expect(after?.instance?.pid).not.toBe(before?.instance?.pid);
  }).toPass({ timeout: 30_000 });
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'serving');
});

// Of a shared balancer others may have changed the ring before.
fresh(
  'the ring shows owners, load, the last change and health, and the address names which',
  async ({ overview, page, balancer }) => {
    const arcs = (kind: string) => overview.ring.locator(`path[data-kind=${kind}]`);
    const choose = (mode: string) => page.getByRole('radiogroup', { name: 'Ring shows' }).getByText(mode).click();
    await overview.open('/ring');
    await expect(arcs('full').first()).toBeAttached();
    await choose('Load');
    await expect(overview.ring.locator('svg[data-mode=load]')).toBeAttached();
    await expect(arcs('full')).toHaveCount(0);
    await choose('Change');
    await expect(page.getByText('no change seen yet')).toBeVisible();
    await fetch(`${balancer.url}/add`, { method: 'POST', body: JSON.stringify({ n: 1, hostnames: ['S4'] }) });
    await expect(arcs('full').first()).toBeAttached();
    await choose('Health');
    await expect(page).toHaveURL(/mode=health/);
    await fetch(`${balancer.url}/_ring/v1/replicas/S4/pause`, { method: 'POST' });
    await expect(arcs('warning').first()).toBeAttached();
    await page.reload();
    await expect(arcs('warning').first()).toBeAttached();
    await expect(arcs('good').first()).toBeAttached();
  },
);

test('with one replica the overview shows how it does where several would be compared', async ({
  overview,
  page,
  balancer,
}) => {
  await fetch(`${balancer.url}/rm`, { method: 'DELETE', body: JSON.stringify({ n: 2, hostnames: ['S2', 'S3'] }) });
  await overview.open();
  await expect(overview.rows).toHaveCount(1);
  await expect(page.getByText('S1 is the only replica')).toBeVisible();
  for (const name of ['Latency', 'In flight', 'CPU', 'Memory']) {
    await expect(page.getByRole('figure', { name })).toBeInViewport({ ratio: 1 });
  }
});

/** As long as a name can be. */
const LONG_NAME = 'checkout-service.production.eu-central-1.blue-green-canary-0001';

fresh(
  'on a phone no page scrolls sideways, however long a name is, and all are within reach of a thumb',
  async ({ overview, page, balancer }) => {
    test.slow();
    await page.setViewportSize({ width: 390, height: 844 });
    await fetch(`${balancer.url}/add`, { method: 'POST', body: JSON.stringify({ n: 1, hostnames: [LONG_NAME] }) });
    await overview.open();
    await expect(overview.row(LONG_NAME)).toHaveAttribute('data-status', 'serving');
    const seen = new Set<string>();
    const widths = async (): Promise<void> => {
      await page.getByRole('main').locator('section, figure').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(390);
      expect(await overlaps(page), page.url()).toEqual([]);
      seen.add(new URL(page.url()).pathname);
    };
    const go = async (name: string): Promise<void> => {
      const from = page.url();
      const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
      if (await link.isVisible()) {
        expect((await link.boundingBox())?.width).toBeGreaterThanOrEqual(40);
        await link.click();
      } else {
        await page.getByRole('button', { name: /^More/ }).click();
        await page.getByRole('menuitem', { name, exact: true }).click();
      }
      await page.waitForURL((url) => url.href !== from);
      await widths();
    };
    await widths();
    for (const name of [
      'Ring',
      'Replicas',
      'Events',
      'Alerts',
      'Incidents',
      'History',
      'Experiments',
      'Load',
      'Replay',
    ]) {
      await go(name);
    }
    expect(seen.size).toBe(10);
  },
);
