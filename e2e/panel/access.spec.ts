import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';

const OPERATOR = 'operator-token-for-the-test';
const VIEWER = 'viewer-token-for-the-test';

async function signIn(page: Page, url: string, token: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Token of an operator or a viewer').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test.describe('with tokens', () => {
  test.use({ panelEnv: { RINGMASTER_PANEL_OPERATOR_TOKEN: OPERATOR, RINGMASTER_PANEL_VIEWER_TOKEN: VIEWER } });

  test('nobody sees anything before signing in, and a wrong token is refused', async ({ page, panel }) => {
    for (const path of [
      '/api/state',
      '/api/events',
      '/api/history',
      '/api/preview?change=add&n=1',
      '/api/replicas/S1/logs',
    ]) {
      expect((await fetch(panel.url + path)).status, path).toBe(401);
    }
    await signIn(page, panel.url, 'wrong');
    await expect(page.getByText('This token is not known.')).toBeVisible();
    await expect(page).toHaveURL(/\/login$/);
  });

  test('a viewer sees everything and is offered no change, and the server refuses one all the same', async ({
    page,
    panel,
    overview,
  }) => {
    await signIn(page, panel.url, VIEWER);
    await expect(overview.rows).toHaveCount(3);
    await expect(page.getByRole('button', { name: 'Add…' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Actions for S1' }).click();
    await expect(page.getByRole('menuitem')).toHaveText(['Open', 'Logs']);
    const status = await page.evaluate(async () => (await fetch('/api/replicas/S1/kill', { method: 'POST' })).status);
    expect(status).toBe(403);
    await expect(overview.row('S1')).toHaveAttribute('data-status', 'serving');
  });

  test('an operator may change things, and no script can read the session', async ({
    page,
    panel,
    overview,
    context,
  }) => {
    await signIn(page, panel.url, OPERATOR);
    await overview.kill('S1');
    await expect(overview.stopwatch).toContainText('S1');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(cookie?.value).not.toContain(OPERATOR);
  });

  test('a forged cookie is no session', async ({ panel }) => {
    const headers = { cookie: 'ringmaster_session=operator.99999999999.forged' };
    expect((await fetch(`${panel.url}/api/state`, { headers })).status).toBe(401);
  });
});

test('changes from another site are refused, and so are those of no page at all', async ({ panel, balancer }) => {
  const refused: readonly Record<string, string>[] = [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ];
  for (const headers of refused) {
    const kill = await fetch(`${panel.url}/api/replicas/S1/kill`, { method: 'POST', headers });
    expect(kill.status, JSON.stringify(headers)).toBe(403);
    const body = JSON.stringify({ n: 1 });
    const add = await fetch(`${panel.url}/api/replicas`, { method: 'POST', headers, body });
    expect(add.status, JSON.stringify(headers)).toBe(403);
  }
  const rep = (await (await fetch(`${balancer.url}/rep`)).json()) as { message: { N: number } };
  expect(rep.message.N).toBe(3);
});
