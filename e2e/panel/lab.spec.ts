import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { type Run, run as runSchema } from '#lib/lab/run.ts';
import { cellText } from '#lib/lab/table.ts';
import { expect, shared as test } from './fixture.ts';
import { LabPage } from './lab-page.ts';
import { violationsOf } from './violations.ts';

const DONE = { timeout: 120_000 };

test.describe.configure({ timeout: 300_000 });

/** What the balancer has kept of the run whose page is open. */
async function keptRun(lab: LabPage, balancerUrl: string): Promise<Run> {
  const id = new URL(lab.page.url()).pathname.split('/').at(-1);
  const answer = await fetch(`${balancerUrl}/_ring/v1/runs/${id}`);
  return runSchema.parse(await answer.json());
}

test('A-1 runs with one click and its chart says what was measured', async ({ page, panel, balancer }) => {
  const lab = new LabPage(page, panel.url);
  await lab.open();
  await lab.fill({ Requests: '3000' });
  await lab.start('Run A-1');
  await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  const { result } = await keptRun(lab, balancer.url);
  if (result?.kind !== 'a1') throw new Error('no result');
  const drawn = lab.figure('Requests on each of 3 replicas').getByRole('img');
  for (const [name, count] of result.measured.replicas) {
    await expect(drawn).toHaveAttribute('aria-label', new RegExp(`${name} ${count.toLocaleString('en')}`));
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await drawn.boundingBox())?.width).toBeLessThanOrEqual(358);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('A-2 shows the band and brings the fleet back', async ({ page, panel, balancer }) => {
  const lab = new LabPage(page, panel.url);
  await lab.open();
  await lab.choose('A-2');
  await lab.fill({ 'To N': '4', Requests: '1000' });
  await lab.start('Run A-2');
  await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  await expect(lab.figure('Load of a replica as the fleet grows').getByRole('img')).toHaveAttribute(
    'aria-label',
    /N 2: .*N 3: .*N 4: /,
  );
  const rep = (await (await fetch(`${balancer.url}/rep`)).json()) as { message: { replicas: string[] } };
  expect(rep.message.replicas).toEqual(['S1', 'S2', 'S3']);
});

test('A-3 checks every endpoint and sees a replica replaced, none lost', async ({ page, panel }) => {
  const lab = new LabPage(page, panel.url);
  await lab.open();
  await lab.choose('A-3');
  await lab.fill({ 'Requests a second': '100', 'Claim: back within, ms': '20000' });
  await lab.start('Run A-3');
  await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  await expect(lab.run).toContainText(/^holds/);
  await expect(lab.run).toContainText('15 of 15 endpoint checks');
  await expect(lab.run).toContainText('0 requests lost');
});

test('A-4 compares the schemes and a pair of one’s own, and refuses what is no polynomial', async ({ page, panel }) => {
  const lab = new LabPage(page, panel.url);
  await lab.open();
  await lab.choose('A-4');
  await lab.fill({ 'Measure too': 'no', Requests: '1000', 'Your own H(i)': '5i +', 'Your own Φ(i, j)': '57i + 31j' });
  await lab.start('Run A-4');
  await expect(page.getByText(/expected a number, i or \(/)).toBeVisible();
  await lab.fill({ 'Your own H(i)': '5i + 3' });
  await lab.start('Run A-4');
  await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  await expect(lab.run).toContainText('87 of 512 slots');
  const drawn = lab.figure('Evenness').getByRole('img');
  for (const scheme of ['balanced', 'classic-linear', 'ketama', 'maglev', 'rendezvous', 'H=5i + 3']) {
    await expect(drawn).toHaveAttribute('aria-label', new RegExp(scheme.replace('+', '\\+')));
  }
});

test('the kill demo is one step from the overview, runs its stopwatch, and can be gone through again', async ({
  overview,
  page,
  panel,
  balancer,
}) => {
  const lab = new LabPage(page, panel.url);
  await overview.open();
  await page.getByRole('link', { name: 'Kill demo' }).click();
  await lab.fill({ 'Requests a second': '200', 'Claim: back within, ms': '20000' });
  await lab.start('Kill under load');
  await expect(lab.progress).toContainText('kill, round 1 of 1');
  await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  await expect(lab.run).toContainText('0 requests lost');
  const { result } = await keptRun(lab, balancer.url);
  if (result?.kind !== 'kill') throw new Error('no result');
  await expect(lab.figure('Stopwatch over 1 round')).toContainText(cellText(result.kill.serving.p50));
  await expect(lab.replay).toContainText('all is well');
  await lab.replay.getByRole('slider').press('End');
  await expect(lab.replay).not.toContainText('all is well');
  await expect(lab.replay).toContainText('0 lost');
});

test('a load shows live figures, ends when it is cancelled, and carries the keys that it was given', async ({
  page,
  panel,
  balancer,
}) => {
  const lab = new LabPage(page, panel.url);
  await lab.open('/load');
  await lab.fill({ Pace: 'rate', 'Requests a second': '100', Requests: '', Seconds: '60', Keys: 'zipf' });
  await lab.start('Start load');
  await expect(lab.progress.getByRole('img', { name: /^So far/ })).toHaveAttribute('aria-label', /S1 .*S2 .*S3/);
  await expect(lab.progress.getByRole('img', { name: /^Load over time/ })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(lab.run).toHaveAttribute('data-status', 'cancelled', DONE);
  await expect(lab.figure('Requests on each replica')).toBeVisible();
  expect((await keptRun(lab, balancer.url)).result).toMatchObject({ load: { stoppedBy: 'cancelled' } });

  const mixes = [
    [
      { Keys: 'uniform', 'How many keys': '7' },
      { kind: 'uniform', keys: 7 },
    ],
    [{ Keys: 'sequential' }, { kind: 'sequential' }],
  ] as const;
  for (const [fields, keys] of mixes) {
    await page.getByRole('link', { name: 'Load', exact: true }).click();
    await lab.fill({ 'Clients at a time': '4', Requests: '200', ...fields });
    await expect(page.getByLabel('How many keys')).toHaveCount(fields.Keys === 'uniform' ? 1 : 0);
    await lab.start('Start load');
    await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
    const run = await keptRun(lab, balancer.url);
    expect(run.request).toMatchObject({ load: { keys } });
    expect(run.result).toMatchObject({ load: { requests: 200, byStatus: { '200': 200 }, failed: 0 } });
  }
});

test('runs are kept, laid side by side, and taken home as a report that opens offline', async ({
  page,
  panel,
  context,
}, testInfo) => {
  const lab = new LabPage(page, panel.url);
  for (const clients of ['5', '10']) {
    await lab.open();
    await lab.fill({ Requests: '500', 'Clients at a time': clients });
    await lab.start('Run A-1');
    await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  }
  await lab.open();
  await expect(lab.runs.getByRole('row')).toHaveCount(3);
  for (const box of await lab.runs.getByRole('checkbox').all()) await box.check();
  await page.getByRole('link', { name: 'Compare 2' }).click();
  await expect(lab.run).toHaveCount(2);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save report' }).click();
  const path = testInfo.outputPath('report.html');
  await (await download).saveAs(path);
  expect(await readFile(path, 'utf8')).toContain('2 runs side by side');

  await context.setOffline(true);
  const report = await context.newPage();
  const asked: string[] = [];
  report.on('request', (request) => asked.push(request.url()));
  await report.goto(pathToFileURL(path).href);
  await expect(report.getByRole('img')).toHaveCount(2);
  expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(path).href]);
});

test('a chart is taken home as a picture and its figures as CSV', async ({ page, panel }) => {
  const lab = new LabPage(page, panel.url);
  await lab.open();
  await lab.fill({ Requests: '500' });
  await lab.start('Run A-1');
  await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  const figure = lab.figure('Requests on each of 3 replicas');
  const saved: Record<string, Buffer> = {};
  for (const word of ['SVG', 'PNG', 'CSV']) {
    const download = page.waitForEvent('download');
    await figure.getByRole('button', { name: word, exact: true }).click();
    saved[word] = await readFile(await (await download).path());
  }
  expect(saved['SVG']?.toString()).toMatch(/^<svg /);
  expect(saved['PNG']?.subarray(1, 4).toString()).toBe('PNG');
  expect(saved['CSV']?.toString()).toMatch(/^replica,measured,simulated/);
});

test('axe finds nothing to object to on the pages of the lab in either theme', async ({ overview, page, panel }) => {
  const lab = new LabPage(page, panel.url);
  await lab.open();
  await lab.choose('Kill demo');
  await lab.fill({ 'Requests a second': '100' });
  await lab.start('Kill under load');
  await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
  expect(await violationsOf(page, 'a run')).toEqual([]);
  for (const name of ['Experiments', 'Load']) {
    await overview.go(name);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await violationsOf(page, name)).toEqual([]);
  }
});
