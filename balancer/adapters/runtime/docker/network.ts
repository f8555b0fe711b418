import { z } from 'zod';
import type { Engine } from './engine.ts';
import { statusOf } from './engine-error.ts';

const NETWORK_OWNER_LABEL = 'ringmaster.network';
const labelled = z.object({ Labels: z.record(z.string(), z.string()).nullish() });

/** Makes the replicas' network unless it is there, and joins it when the balancer is a container itself. */
export async function ensureNetwork(
  engine: Engine,
  name: string,
  own: { readonly id: string; readonly networks: readonly string[] } | null,
  signal: AbortSignal,
): Promise<void> {
  if (!(await hasNetwork(engine, name, signal))) await createNetwork(engine, name, signal);
  if (own === null || own.networks.includes(name)) return;
  await engine
    .call(`joining network ${name}`, signal, () => engine.docker.getNetwork(name).connect({ Container: own.id }))
    .catch((error) => {
      // Joined already, by an earlier call.
      if (statusOf(error) !== 403) throw error;
    });
}

/** Takes away a network that a balancer made and nobody uses any longer; quietly leaves every other. */
export async function removeIdleNetwork(engine: Engine, name: string, signal: AbortSignal): Promise<void> {
  await engine
    .call(`removing network ${name}`, signal, async (abortSignal) => {
      const found = labelled.safeParse(await engine.request('GET', `/networks/${name}`, abortSignal));
      const ours = found.success && found.data.Labels?.[NETWORK_OWNER_LABEL] === '1';
      // Removing a network that has containers is refused.
      if (ours) await engine.request('DELETE', `/networks/${name}`, abortSignal);
    })
    .catch(() => {});
}

async function hasNetwork(engine: Engine, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    await engine.call(`looking for network ${name}`, signal, (abortSignal) =>
      engine.request('GET', `/networks/${name}`, abortSignal),
    );
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function createNetwork(engine: Engine, name: string, signal: AbortSignal): Promise<void> {
  const options = { Name: name, Driver: 'bridge', CheckDuplicate: true, Labels: { [NETWORK_OWNER_LABEL]: '1' } };
  await engine
    .call(`making network ${name}`, signal, (abortSignal) => engine.docker.createNetwork({ ...options, abortSignal }))
    .catch((error) => {
      // Somebody made it at the same moment.
      if (statusOf(error) !== 409) throw error;
    });
}
