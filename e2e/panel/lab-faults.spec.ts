import { expect, shared as test } from './fixture.ts';
import { LabPage } from './lab-page.ts';

const DONE = { timeout: 120_000 };

test.describe.configure({ timeout: 400_000 });

test('every kind of fault has its stopwatch, and what was frozen or killed serves again', async ({
  page,
  panel,
  balancer,
}) => {
  const lab = new LabPage(page, panel.url);
  for (const fault of ['hang', 'slow', 'flap', 'all']) {
    await test.step(fault, async () => {
      await lab.open();
      await lab.choose('Kill demo');
      await lab.fill({ Fault: fault, 'Requests a second': '100', 'Claim: back within, ms': '40000' });
      if (fault !== 'all') await lab.fill({ 'Claim: lost at most': '0' });
      await lab.start('Kill under load');
      await expect(lab.stopwatch).toContainText('noticed');
      await expect(lab.run).toHaveAttribute('data-status', 'done', DONE);
      await expect(lab.run).toContainText(/^holds/);
      const serving = (await (await fetch(`${balancer.url}/rep`)).json()) as { message: { N: number } };
      expect(serving.message.N).toBe(3);
    });
  }
});

test('a schedule runs by itself, counts how it went, and ends when it is removed', async ({ page, panel }) => {
  const lab = new LabPage(page, panel.url);
  await lab.open();
  await lab.fill({ Requests: '100', 'Minutes between runs': '0.02' });
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await expect(lab.schedules).toContainText(/[1-9]\d* of [1-9]/, DONE);
  await expect(lab.runs).toContainText('A-1: requests on each replica');
  await lab.schedules.getByRole('button', { name: 'Remove' }).click();
  await expect(lab.schedules).toHaveCount(0);
});
