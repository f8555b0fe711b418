import type { Page } from '@playwright/test';
import { expect, guarded, shared, TOKENS, test, WANTS_TOKENS } from './fixture.ts';
import { LabPage } from './lab-page.ts';

async function signIn(page: Page, url: string, token: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Token of an operator or a viewer').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test.describe('with tokens', () => {
  test.use({ panelEnv: WANTS_TOKENS });

  guarded('nobody sees anything before signing in, and a wrong token is refused', async ({ page, panel }) => {
    for (const path of [
      '/api/state',
      '/api/events',
      '/api/history',
      '/api/preview?change=add&n=1',
      '/api/replicas/S1/logs',
      '/api/replicas/S1/previous-log',
      '/api/alerts',
      '/api/alerts/rules',
      '/api/alerts/webhooks',
      '/api/samples?from=0&to=1',
      '/api/runs',
    ]) {
      expect((await fetch(panel.url + path)).status, path).toBe(401);
    }
    await signIn(page, panel.url, 'wrong');
    await expect(page.getByText('This token is not known.')).toBeVisible();
    await expect(page).toHaveURL(/\/login$/);
  });

  guarded(
    'a token that is entered before the page’s script runs is not sent into the address',
    async ({ page, panel }) => {
      await page.route('**/*.js', () => undefined);
      await page.goto(panel.url, { waitUntil: 'commit' });
      await page.getByLabel('Token of an operator or a viewer').fill(TOKENS.operator);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
      await expect(page).toHaveURL(/\/login$/);
    },
  );

  guarded(
    'a viewer sees everything and is offered no change, and the server refuses one all the same',
    async ({ page, panel, overview }) => {
      await signIn(page, panel.url, TOKENS.viewer);
      await overview.live();
      await expect(overview.rows).toHaveCount(3);
      await expect(page.getByRole('button', { name: 'Add…' })).toHaveCount(0);
      await page.getByRole('button', { name: 'Actions for S1' }).click();
      await expect(page.getByRole('menuitem')).toHaveText(['Open', 'Logs']);
      const status = await page.evaluate(async () => (await fetch('/api/replicas/S1/kill', { method: 'POST' })).status);
      expect(status).toBe(403);
      await expect(overview.row('S1')).toHaveAttribute('data-status', 'serving');
      await overview.open('/alerts');
      await expect(page.getByTestId('rules').locator('> li')).toHaveCount(9);
      for (const words of ['Add a rule…', 'Silence', 'Add the webhook']) {
        await expect(page.getByRole('button', { name: words, exact: true })).toHaveCount(0);
      }
      const changes = await page.evaluate(async () => {
        const post = async (path: string, method = 'POST') => (await fetch(path, { method, body: '{}' })).status;
        return [
          await post('/api/alerts/rules'),
          await post('/api/alerts/rules/replica-down', 'DELETE'),
          await post('/api/alerts/silences'),
          await post('/api/alerts/webhooks'),
          await post('/api/experiments'),
        ];
      });
      expect(changes.every((code) => code === 403 || code === 400)).toBe(true);
      await expect(page.getByTestId('rules').locator('> li')).toHaveCount(9);
    },
  );

  guarded(
    'an operator may change things, and no script can read the session',
    async ({ page, panel, overview, context }) => {
      await signIn(page, panel.url, TOKENS.operator);
      await overview.live();
      await overview.kill('S1');
      await expect(overview.stopwatch).toContainText('S1');
      const [cookie] = await context.cookies();
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
      expect(cookie?.value).not.toContain(TOKENS.operator);
    },
  );

  test('who signed in, who failed to, and what they changed is in the timeline', async ({ page, panel, overview }) => {
    await signIn(page, panel.url, 'wrong');
    await expect(page.getByText('This token is not known.')).toBeVisible();
    await page.getByLabel('Your name, for the record (may be empty)').fill('Alice');
    await page.getByLabel('Token of an operator or a viewer').fill(TOKENS.operator);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await overview.kill('S1');
    await overview.open('/events?about=people');
    const rows = page.getByTestId('timeline').locator('tbody tr');
    await expect(rows.filter({ hasText: 'signed in to the panel as operator' })).toContainText('Alice');
    await expect(rows.filter({ hasText: 'a token that is not known' })).toHaveCount(1);
    await expect(rows.filter({ hasText: 'S1' }).first()).toContainText('Alice');
  });

  test('who guesses tokens is shut out for a while', async ({ panel }) => {
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const guess = async (token: string): Promise<number> => {
      const body = JSON.stringify({ token });
      return (await fetch(`${panel.url}/api/session`, { method: 'POST', headers, body })).status;
    };
    const answers: number[] = [];
    for (let n = 0; n < 11; n++) answers.push(await guess(`guess-${n}`));
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect(await guess(TOKENS.operator)).toBe(429);
  });

  guarded('a viewer reads the runs of the lab, and starts none', async ({ page, panel }) => {
    await signIn(page, panel.url, TOKENS.viewer);
    await expect(page).not.toHaveURL(/login/);
    const lab = new LabPage(page, panel.url);
    await lab.open();
    await expect(page.getByRole('button', { name: 'Run A-1' })).toBeDisabled();
    const status = await page.evaluate(
      async () => (await fetch('/api/experiments', { method: 'POST', body: '{"kind":"a1"}' })).status,
    );
    expect(status).toBe(403);
  });

  guarded('a forged cookie is no session', async ({ panel }) => {
    const headers = { cookie: 'ringmaster_session=operator.99999999999.forged' };
    expect((await fetch(`${panel.url}/api/state`, { headers })).status).toBe(401);
  });
});

shared('changes from another site are refused, and so are those of no page at all', async ({ panel, balancer }) => {
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

test.describe('with a balancer that wants tokens', () => {
  const ADMIN = 'the-token-of-the-balancer-itself';
  test.use({
    balancerFlags: ['--admin-token', ADMIN, '--viewer-token', 'the-token-of-those-who-look'],
    panelEnv: { RINGMASTER_ADMIN_TOKEN: ADMIN, RINGMASTER_PANEL_OPERATOR_TOKEN: TOKENS.operator },
  });

  test('nothing that the panel ever answers holds the token of the balancer', async ({ page, panel, overview }) => {
    const seen: string[] = [];
    const reading: Promise<void>[] = [];
    page.on('response', (response) => {
      const head = JSON.stringify(response.headers());
      if (response.url().includes('/api/events')) return void seen.push(head);
      reading.push(
        response.text().then(
          (text) => void seen.push(head + text),
          () => undefined,
        ),
      );
    });
    await signIn(page, panel.url, TOKENS.operator);
    await overview.live();
    await overview.kill('S1');
    const keepPage = async (): Promise<number> => seen.push(await (await page.request.get(page.url())).text());
    await overview.go('Replicas');
    await keepPage();
    await overview.row('S1').getByRole('link', { name: 'S1' }).click();
    await expect(page).toHaveURL(/replicas\/S1/);
    await expect(page.getByRole('figure').first()).toBeVisible();
    await keepPage();
    // To leave it ends its log, which is read here like all else.
    for (const name of ['Ring', 'Events', 'Incidents', 'Alerts', 'History', 'Load']) {
      await overview.go(name);
      await keepPage();
    }
    await Promise.all(reading);
    expect(seen.length).toBeGreaterThan(50);
    expect(seen.filter((text) => text.includes(ADMIN))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }]))).not.toContain(ADMIN);
  });
});
