import type { Client } from '../../../lib/client/client.ts';
import type { Context } from './context.ts';

type FleetClient = Pick<Client, 'state' | 'add' | 'remove'>;

/**
 * The members of the ring. `/rep` leaves out those that are away at this moment, who would be lost to the fleet; the list
 * of replicas also has those that were removed and finish their last requests.
 */
export async function replicaNames(client: FleetClient): Promise<readonly string[]> {
  return (await client.state()).ring.members.map(({ name }) => name);
}

/** Adds or removes replicas until there are `n`; the last ones go first. */
export async function resizeTo(client: FleetClient, n: number): Promise<void> {
  const names = await replicaNames(client);
  if (names.length < n) await client.add({ n: n - names.length });
  const leaving = names.slice(n);
  if (leaving.length > 0) await client.remove({ n: leaving.length, hostnames: leaving });
}

/** Standbys are made one at a time, a second each; a fleet whose standbys cannot be made is measured all the same. */
const STANDBY_PATIENCE_MS = 8_000;
const STANDBY_LOOK_MS = 100;

/** Lets a fleet that has just started make its standbys: whoever measures it meanwhile measures that. */
export async function standbysMade({ subject, sleep }: Pick<Context, 'subject' | 'sleep'>): Promise<void> {
  for (let waited = 0; waited < STANDBY_PATIENCE_MS; waited += STANDBY_LOOK_MS) {
    const states = (await subject.client.state()).replicas.map(({ standby }) => standby);
    if (states.every((state) => state === 'none') || states.every((state) => state === 'ready')) return;
    await sleep(STANDBY_LOOK_MS);
  }
}

/** Runs `body`, then brings back the fleet as it was before, by its names, whatever happened. */
export async function keepingFleet<T>(client: FleetClient, body: () => Promise<T>): Promise<T> {
  const before = await replicaNames(client);
  try {
    return await body();
  } finally {
    await restore(client, before);
  }
}

async function restore(client: FleetClient, before: readonly string[]): Promise<void> {
  const now = await replicaNames(client);
  const missing = before.filter((name) => !now.includes(name));
  // Joining comes first: a fleet is never emptied on the way.
  if (missing.length > 0) await client.add({ n: missing.length, hostnames: missing });
  const extra = now.filter((name) => !before.includes(name));
  if (extra.length > 0) await client.remove({ n: extra.length, hostnames: extra });
}
