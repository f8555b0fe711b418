import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient } from '../../lib/client/client.ts';
import type { Placement } from '../../lib/ring/types.ts';
import { START_COMMAND } from '../start-command.ts';
import type { OwnBalancer } from './experiments/context.ts';

const START_MS = 30_000;

export interface OwnBalancerOptions {
  readonly placement: Placement;
  readonly replicas: number;
  /** Its `--key`. */
  readonly key: string;
  /** Folder of the runs that it makes; forgotten with it when left out. */
  readonly runs?: string;
}

/**
 * Starts a balancer of one's own, with local processes as replicas and no other state than its runs, for a placement
 * that the one in use does not run, or where none is in use. It has to be stopped.
 */
export async function startOwnBalancer(
  { placement, replicas, key, runs }: OwnBalancerOptions,
  signal: AbortSignal,
): Promise<OwnBalancer> {
  const state = await mkdtemp(join(tmpdir(), 'ringmaster-lab-'));
  const flags = ['--port', '0', '--runtime', 'process', '--workers', '1', '--log-format', 'json', '--state', state];
  const chosen = ['--placement', placement, '--replicas', String(replicas), '--key', key];
  if (runs !== undefined) chosen.push('--runs', runs);
  const child = spawn(process.execPath, [...START_COMMAND, ...flags, ...chosen], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: withoutSettings(process.env),
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(state, { recursive: true, force: true });
  };
  try {
    const origin = await listeningAt(createInterface({ input: child.stderr }), signal);
    const client = createClient({ baseUrl: origin, actor: 'experiment' });
    await untilReady(origin, signal);
    return { origin, client, headers: {}, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Its flags are given above; what is set for the balancer in use is not for this one. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...environment };
  for (const name of Object.keys(kept)) if (name.startsWith('RINGMASTER_')) delete kept[name];
  return kept;
}

/** Reads its log up to the line that says where it listens; the rest is passed over. */
function listeningAt(lines: ReturnType<typeof createInterface>, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let last = '';
  lines.on('line', (line) => {
    last = line;
    const origin = /listening on (http:\/\/[^\s"]+)/.exec(line)?.[1];
    if (origin) resolve(origin);
  });
  lines.once('close', () => reject(new Error(`a balancer for the measurement did not start: ${last}`)));
  const limit = AbortSignal.any([signal, AbortSignal.timeout(START_MS)]);
  limit.addEventListener('abort', () => reject(limit.reason), { once: true });
  return promise;
}

async function untilReady(origin: string, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(START_MS)]);
  for (;;) {
    const answer = await fetch(`${origin}/_ring/readyz`, { signal: limit });
    await answer.arrayBuffer();
    if (answer.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
