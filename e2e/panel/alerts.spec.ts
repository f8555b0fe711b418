import { startReceiver } from '../support/webhook-receiver.ts';
import { AlertsPage } from './alerts-page.ts';
import { expect, shared, test } from './fixture.ts';
import { violationsOf } from './violations.ts';

const RULE = 'One is missing';
/** Where the balancer is shared, what is over of one test must not be taken for another's. */
const KEY_RULE = 'One is gone';
const AXE_RULE = 'One is away';

/** What an operator does elsewhere, here through the balancer itself. */
async function act(balancerUrl: string, name: string, action: 'pause' | 'unpause'): Promise<void> {
  expect((await fetch(`${balancerUrl}/_ring/v1/replicas/${name}/${action}`, { method: 'POST' })).status).toBe(200);
}

test('a rule is made in words, fires live, is acknowledged, told with retry, and ends', async ({
  overview,
  page,
  balancer,
}) => {
  const receiver = await startReceiver(false);
  const alerts = new AlertsPage(page);
  await overview.open('/alerts');
  await expect(page.getByTestId('no-alerts')).toContainText('9 rules');
  await page.getByLabel('URL').fill(receiver.url);
  await page.getByLabel('Secret (may be empty)').fill('a long secret');
  await page.getByRole('button', { name: 'Add the webhook' }).click();
  await expect(alerts.webhooks).toContainText(['signed']);
  expect(await page.content()).not.toContain('path-that-is-secret');

  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(alerts.deliveries.first()).toContainText('status 503');
  receiver.accept();
  await expect(alerts.deliveries.first()).toContainText('delivered');
  const tries = receiver.posted.length;
  expect(tries).toBeGreaterThan(1);
  expect(receiver.posted.every(({ type, isSigned }) => type === 'test' && isSigned)).toBe(true);
  expect(new Set(receiver.posted.map(({ id }) => id)).size).toBe(1);

  await alerts.addMissingRule(RULE);
  await expect(alerts.rules.filter({ hasText: RULE })).toContainText('Fires at once when 1 replica or more');
  await act(balancer.url, 'S2', 'pause');
  await expect(alerts.alert(RULE)).toContainText('1 replica that should serve does not');
  await expect(alerts.headline).toHaveText('1 critical');
  await expect(alerts.notice).toContainText(`${RULE} fires`);
  await expect(alerts.toasts.filter({ hasText: RULE }).first()).toBeVisible();
  await alerts.alert(RULE).getByRole('button', { name: 'Acknowledge' }).click();
  await expect(alerts.alert(RULE)).toContainText('acknowledged by operator at the panel');
  await expect(alerts.headline).toHaveText('1 known');

  await act(balancer.url, 'S2', 'unpause');
  await expect(alerts.over.filter({ hasText: RULE })).toContainText('it is over');
  await expect(alerts.headline).toHaveText('none');
  await expect
    .poll(() => receiver.posted.map(({ type }) => type).slice(tries))
    .toEqual(['alert.firing', 'alert.resolved']);

  await alerts.over.filter({ hasText: RULE }).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/history\?from=\d+&to=\d+&at=\d+/);
  await overview.open('/events?about=alerts');
  await expect(page.getByTestId('timeline')).toContainText(`alert “${RULE}” is over`);
  await expect(page.getByTestId('timeline')).not.toContainText('serving');
  await receiver.stop();
});

shared('a silence keeps an alert from being told, and its end tells it', async ({ overview, page, balancer }) => {
  const receiver = await startReceiver();
  const alerts = new AlertsPage(page);
  await overview.open('/alerts');
  await page.getByLabel('URL').fill(receiver.url);
  await page.getByRole('button', { name: 'Add the webhook' }).click();
  await expect(alerts.webhooks).toHaveCount(1);
  await alerts.addMissingRule(RULE);
  await expect(alerts.sheet).toHaveCount(0);
  await page.getByLabel('Rule', { exact: true }).selectOption(RULE);
  await page.getByLabel('Why (may be empty)').fill('an update');
  await page.getByRole('button', { name: 'Silence', exact: true }).click();
  await expect(alerts.silences).toContainText('an update');
  await act(balancer.url, 'S1', 'pause');
  await expect(alerts.alert(RULE)).toContainText('told to nobody until');
  await expect(alerts.headline).toHaveText('1 known');
  expect(receiver.posted).toEqual([]);
  await page.getByRole('button', { name: `End the silence of ${RULE}` }).click();
  await expect(alerts.headline).toHaveText('1 critical');
  await expect.poll(() => receiver.posted.length).toBe(1);
  await receiver.stop();
});

test('a rule can be switched off, changed and removed, and what is wrong in it is said beside the field', async ({
  overview,
  page,
}) => {
  const alerts = new AlertsPage(page);
  await overview.open('/alerts');
  await expect(alerts.rules).toHaveCount(9);
  await page.getByRole('button', { name: 'Switch off Slow answers' }).click();
  await expect(alerts.rules.filter({ hasText: 'Slow answers' })).toContainText('off');
  await page.getByRole('button', { name: 'Edit Slow answers' }).click();
  await alerts.sheet.getByLabel('p99 over, ms').fill('fast');
  await expect(alerts.ruleWords).toHaveText('The rule in words, once its fields are right.');
  await alerts.sheet.getByRole('button', { name: 'Save' }).click();
  await expect(alerts.sheet).toContainText('This is out of its range.');
  await alerts.sheet.getByLabel('p99 over, ms').fill('250');
  await expect(alerts.ruleWords).toContainText('takes longer than 250 ms');
  await alerts.sheet.getByRole('button', { name: 'Save' }).click();
  await expect(alerts.rules.filter({ hasText: 'Slow answers' })).toContainText('250 ms');
  await page.getByRole('button', { name: 'Edit Slow answers' }).click();
  await alerts.sheet.getByRole('button', { name: 'Remove…' }).click();
  await alerts.sheet.getByRole('button', { name: 'Remove “Slow answers”' }).click();
  await expect(alerts.rules).toHaveCount(8);
});

shared('the keyboard alone leads there, and acknowledges', async ({ overview, page, balancer }) => {
  const alerts = new AlertsPage(page);
  await overview.open('/');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/\/alerts$/);
  await alerts.addMissingRule(KEY_RULE);
  await act(balancer.url, 'S3', 'pause');
  await expect(alerts.alert(KEY_RULE)).toHaveCount(1);
  await page.keyboard.press('Control+k');
  // It is loaded when it is first asked for: nobody types into what is not there yet.
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
  await page.keyboard.type(`Acknowledge ${KEY_RULE}`);
  await page.keyboard.press('Enter');
  await expect(alerts.alert(KEY_RULE)).toContainText('acknowledged by');
});

shared('axe finds nothing to object to on the alerts page in either theme', async ({ overview, page, balancer }) => {
  const alerts = new AlertsPage(page);
  await overview.open('/alerts');
  await expect(alerts.rules).toHaveCount(9);
  expect(await violationsOf(page, 'empty')).toEqual([]);
  await alerts.addMissingRule(AXE_RULE);
  await act(balancer.url, 'S2', 'pause');
  await expect(alerts.alert(AXE_RULE)).toHaveCount(1);
  await act(balancer.url, 'S2', 'unpause');
  await expect(alerts.over.filter({ hasText: AXE_RULE })).toHaveCount(1);
  await act(balancer.url, 'S2', 'pause');
  await expect(alerts.alert(AXE_RULE)).toHaveCount(1);
  await page.getByRole('button', { name: 'Silence', exact: true }).click();
  await expect(alerts.silences).toHaveCount(1);
  expect(await violationsOf(page, 'silenced')).toEqual([]);
  await page.getByRole('button', { name: 'Add a rule…' }).click();
  await expect(alerts.sheet).toBeVisible();
  expect(await violationsOf(page, 'sheet')).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await overview.page.goto(page.url());
  await expect(alerts.alert(AXE_RULE)).toHaveCount(1);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
