import { setTimeout as sleep } from 'node:timers/promises';
import { createAlertClient } from '../../lib/client/alert-client.ts';
import { createClient } from '../../lib/client/client.ts';
import { createLabClient, type LabClient } from '../../lib/client/lab-client.ts';

const PATIENCE_MS = 30_000;
/** The id of a rule that somebody added; those there are from the start are words alone. */
const IS_ADDED = /-r\d+$/;

/** Also what a schedule had begun before it was removed. */
async function forgetRuns(lab: LabClient): Promise<void> {
  for (const { id } of await lab.schedules()) await lab.unschedule(id);
  for (const { id, status } of await lab.runs()) {
    if (status === 'running') await lab.cancel(id);
    await lab.remove(id);
  }
}

/** Rules, webhooks and silences that tests added; what fires by such a rule goes with it. */
async function forgetAlerts(baseUrl: string): Promise<void> {
  const client = createAlertClient({ baseUrl });
  for (const { id } of await client.rules()) if (IS_ADDED.test(id)) await client.removeRule(id);
  for (const { id } of (await client.webhooks()).webhooks) await client.removeWebhook(id);
  for (const { id } of (await client.alerts()).silences) await client.unsilence(id);
}

/**
 * Makes just these replicas the members of the ring, has them serve, and forgets all runs, schedules, and rules, webhooks
 * and silences of alerts that were added.
 */
export async function bringBack(baseUrl: string, names: readonly string[]): Promise<void> {
  const client = createClient({ baseUrl });
  const lab = createLabClient({ baseUrl });
  await forgetRuns(lab);
  await forgetAlerts(baseUrl);
  const members = (await client.state()).ring.members.map(({ name }) => name);
  const surplus = members.filter((name) => !names.includes(name));
  if (surplus.length > 0) await client.remove({ n: surplus.length, hostnames: surplus });
  const gone = names.filter((name) => !members.includes(name));
  if (gone.length > 0) await client.add({ n: gone.length, hostnames: gone });
  for (const { name, status } of await client.replicas()) if (status === 'paused') await client.act(name, 'unpause');
  const deadline = Date.now() + PATIENCE_MS;
  while ((await client.replicas()).some(({ status }) => status !== 'serving')) {
    if (Date.now() > deadline) throw new Error('the test before left replicas that do not serve');
    await sleep(50);
  }
}
