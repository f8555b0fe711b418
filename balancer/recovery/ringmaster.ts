import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LifecycleEvent } from '../../lib/api/events.ts';
import { createClient } from '../../lib/client/client.ts';
import { Engine } from '../adapters/runtime/docker/engine.ts';
import { type Contender, type Recovery, sleep, until } from './contender.ts';

const LIMIT_MS = 15_000;
/** Two kills of one seat closer together than this would count as a crash loop. */
const CALM_MS = 1_000;

/** The balancer itself, with containers, told by its own events; they carry the wall time of this machine. */
export async function startRingmaster(port: number, fault: 'docker kill' | 'SIGKILL'): Promise<Contender> {
  const state = await mkdtemp(join(tmpdir(), 'ringmaster-recovery-'));
  const entry = fileURLToPath(new URL('../main.ts', import.meta.url));
  const flags = ['--port', String(port), '--runtime', 'docker', '--state', state, '--log-level', 'error'];
  const child = spawn(process.execPath, [entry, ...flags], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  const client = createClient({ baseUrl: origin, actor: 'benchmark' });
  const watching = new AbortController();
  const stop = async (): Promise<void> => {
    watching.abort();
    child.kill('SIGTERM');
    await ended;
    await rm(state, { recursive: true, force: true });
  };
  const ready = async (): Promise<true | null> =>
    fetch(`${origin}/_ring/readyz`).then(
      ({ ok }) => ok || null,
      () => null,
    );
  if ((await until(ready, 60_000, 50)) === null) {
    await stop();
    throw new Error('the balancer did not become ready');
  }
  const events = collectEvents(client, watching.signal);
  const engine = new Engine();
  const round = async (number: number): Promise<Recovery> => {
    const replicas = await client.replicas();
    const victim = replicas[number % replicas.length];
    const id = victim?.instance?.id;
    if (victim === undefined || id === undefined) throw new Error('no replica to kill');
    const pid = (await engine.docker.getContainer(id).inspect()).State.Pid;
    const at = Date.now();
    if (fault === 'SIGKILL') process.kill(pid, 'SIGKILL');
    else await engine.docker.getContainer(id).kill();
    const recovery = await recoveryOf(events, victim.name, at);
    await sleep(CALM_MS);
    return recovery;
  };
  return { name: `Ringmaster, ${fault}`, origin, round, stop };
}

function collectEvents(client: ReturnType<typeof createClient>, signal: AbortSignal): readonly LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  const read = async (): Promise<void> => {
    for await (const { message } of client.events(signal)) if (message.type === 'event') events.push(message.data);
  };
  read().catch((error) => {
    if (!signal.aborted) console.error(`the event stream ended: ${error}`);
  });
  return events;
}

async function recoveryOf(events: readonly LifecycleEvent[], replica: string, at: number): Promise<Recovery> {
  const since = (kind: LifecycleEvent['kind']): number | null => {
    const event = events.find((one) => one.replica === replica && one.at >= at && one.kind === kind);
    return event === undefined ? null : event.at - at;
  };
  const backMs = await until(async () => since('serving'), LIMIT_MS);
  const outOfRotationMs = since('out-of-rotation');
  const noticed = [since('noticed'), outOfRotationMs].filter((ms) => ms !== null);
  return { noticedMs: noticed.length === 0 ? null : Math.min(...noticed), outOfRotationMs, backMs };
}
