import type { Client } from '../../../lib/client/client.ts';

export async function replicaNames(client: Client): Promise<readonly string[]> {
  return (await client.list()).message.replicas;
}

/** Adds or removes replicas until there are `n`; the last ones go first. Returns their names. */
export async function resizeTo(client: Client, n: number): Promise<readonly string[]> {
  const names = await replicaNames(client);
  if (names.length < n) return (await client.add({ n: n - names.length })).message.replicas;
  if (names.length === n) return names;
  const leaving = names.slice(n);
  return (await client.remove({ n: leaving.length, hostnames: leaving })).message.replicas;
}

/** Runs `body`, then brings back the fleet as it was before, by its names, whatever happened. */
export async function keepingFleet<T>(client: Client, body: () => Promise<T>): Promise<T> {
  const before = await replicaNames(client);
  try {
    return await body();
  } finally {
    await restore(client, before);
  }
}

async function restore(client: Client, before: readonly string[]): Promise<void> {
  const now = await replicaNames(client);
  const missing = before.filter((name) => !now.includes(name));
  // Joining comes first: a fleet is never emptied on the way.
  if (missing.length > 0) await client.add({ n: missing.length, hostnames: missing });
  const extra = now.filter((name) => !before.includes(name));
  if (extra.length > 0) await client.remove({ n: extra.length, hostnames: extra });
}
