import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../lib/client/client.ts';
import { createLabClient, type LabClient } from '../../lib/client/lab-client.ts';

const PATIENCE_MS = 30_000;

/** Also what a schedule had begun before it was removed. */
async function forgetRuns(lab: LabClient): Promise<void> {
  for (const { id } of await lab.schedules()) await lab.unschedule(id);
  for (const { id, status } of await lab.runs()) {
    if (status === 'running') await lab.cancel(id);
    await lab.remove(id);
  }
}

/** Makes just these replicas the members of the ring, has them serve, and forgets all runs and schedules. */
export async function bringBack(baseUrl: string, names: readonly string[]): Promise<void> {
  const client = createClient({ baseUrl });
  const lab = createLabClient({ baseUrl });
  await forgetRuns(lab);
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
