import { expect, shared, test } from './fixture.ts';

test('a silent balancer is said to be silent, with the time of the figures, and the page goes on without a gap', async ({
  overview,
  balancer,
}) => {
  await overview.open();
  balancer.process.kill('SIGSTOP');
  try {
    await expect(overview.banner).toContainText('Nothing heard');
    await expect(overview.banner).toContainText('What you see is from');
    await expect(overview.connection).toHaveText('silent');
  } finally {
    balancer.process.kill('SIGCONT');
  }
  await expect(overview.banner).toHaveCount(0);
  await expect(overview.connection).toHaveText('live');
  await overview.kill('S3');
  await expect(overview.stopwatch).toContainText('S3');
});

test('a balancer that is gone is said to be gone, and what was seen stays on the page as old', async ({
  overview,
  balancer,
}) => {
  await overview.open();
  await balancer.stop();
  await expect(overview.banner).toContainText('The balancer does not answer');
  await expect(overview.rows).toHaveCount(3);
  await expect(overview.page.locator('[data-old=true] .live-figure').first()).toBeVisible();
  await expect(overview.page.getByRole('button', { name: 'Add…' })).toBeDisabled();
  await overview.page.reload();
  await expect(overview.banner).toContainText('The balancer does not answer');
  await expect(overview.page.getByText('The replicas are not known yet.')).toBeVisible();
  await overview.page.getByRole('navigation').getByRole('link', { name: 'History' }).click();
  await expect(overview.page.getByText('Read once the balancer answers.')).toBeVisible();
  await overview.page.getByRole('navigation').getByRole('link', { name: 'Alerts' }).click();
  const add = overview.page.getByRole('button', { name: 'Add a rule…' });
  await expect(add).toBeDisabled();
  await expect(add).toHaveAttribute('title', 'The balancer does not answer.');
});

shared('what could not be read while the balancer was gone is read when it is back', async ({ page, panel }) => {
  const refused = { status: 502, json: { code: 'balancer-unreachable', message: 'The balancer does not answer.' } };
  const gone = /\/api\/(events|state|history)/;
  await page.route(gone, (route) => route.fulfill(refused));
  await page.goto(`${panel.url}/events`);
  await expect(page.getByText('Read once the balancer answers.')).toBeVisible();
  await page.unroute(gone);
  await expect(page.getByText(/^\d+ events?$/)).toBeVisible();
  await expect(page.getByText('Read once the balancer answers.')).toHaveCount(0);
});

shared(
  'a second tab lives from the first one’s stream, and takes over when that is closed',
  async ({ overview, panel, context }) => {
    const streams: string[] = [];
    context.on('request', (request) => {
      if (request.url().includes('/api/events')) streams.push(request.url());
    });
    await overview.open();
    const second = await context.newPage();
    await second.goto(panel.url);
    await expect(second.getByTestId('connection')).toHaveText('live');
    expect(streams).toHaveLength(1);

    await overview.page.close();
    await expect.poll(() => streams.length).toBe(2);
    expect(streams[1]).toContain('after=');
    await expect(second.getByTestId('connection')).toHaveText('live');
  },
);
