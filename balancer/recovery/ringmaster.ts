import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LifecycleEvent } from '../../lib/api/events.ts';
import type { ReplicaView } from '../../lib/api/state.ts';
import { type Client, createClient } from '../../lib/client/client.ts';
import { Engine } from '../adapters/runtime/docker/engine.ts';
import { START_COMMAND } from '../start-command.ts';
import { type Contender, type Recovery, sleep, until } from './contender.ts';

const LIMIT_MS = 15_000;
/** Two kills of one seat closer together than this would count as a crash loop. */
const CALM_MS = 1_000;

const LIST_EVERY_MS = 10;

type Times = Omit<Recovery, 'lists'>;

/** The balancer itself, with containers, told by its own events; they carry the wall time of this machine. */
export async function startRingmaster(
  port: number,
  fault: 'docker kill' | 'SIGKILL',
  standby: 'on' | 'off',
): Promise<Contender> {
  const state = await mkdtemp(join(tmpdir(), 'ringmaster-recovery-'));
  const flags = ['--port', String(port), '--runtime', 'docker', '--standby', standby, '--state', state];
  const child = spawn(process.execPath, [...START_COMMAND, ...flags, '--log-level', 'error'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
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
    const replicas = await settled(client, standby);
    const victim = replicas[number % replicas.length];
    const id = victim?.instance?.id;
    if (victim === undefined || id === undefined) throw new Error('no replica to kill');
    const pid = (await engine.docker.getContainer(id).inspect()).State.Pid;
    const lists = new AbortController();
    const listing = keepListing(client, lists.signal);
    const at = Date.now();
    if (fault === 'SIGKILL') process.kill(pid, 'SIGKILL');
    else await engine.docker.getContainer(id).kill();
    const times = await recoveryOf(events, victim.name, at);
    lists.abort();
    await sleep(CALM_MS);
    return { ...times, lists: judge(await listing, victim.name, at, times) };
  };
  return { name: `Ringmaster${standby === 'on' ? ' with standbys' : ''}, ${fault}`, origin, round, stop };
}

/** All serve, and each has its spare: what is measured is a failure, not two on top of each other. */
async function settled(client: Client, standby: 'on' | 'off'): Promise<readonly ReplicaView[]> {
  const ready = async (): Promise<readonly ReplicaView[] | null> => {
    const replicas = await client.replicas();
    const well = replicas.every((one) => one.available && (standby === 'off' || one.standby === 'ready'));
    return well ? replicas : null;
  };
  const replicas = await until(ready, 60_000, 100);
  if (replicas === null) throw new Error('the fleet did not settle');
  return replicas;
}

interface Listing {
  /** Wall time, ms. */
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly names: readonly string[];
}

async function keepListing(client: Client, stop: AbortSignal): Promise<readonly Listing[]> {
  const listings: Listing[] = [];
  while (!stop.aborted) {
    const askedAt = Date.now();
    const { message } = await client.list();
    listings.push({ askedAt, answeredAt: Date.now(), names: message.replicas });
    await sleep(LIST_EVERY_MS);
  }
  return listings;
}

/** Only what was both asked and answered while the victim was known to be dead can be untrue. */
function judge(listings: readonly Listing[], victim: string, at: number, times: Times): Recovery['lists'] {
  const from = at + (times.outOfRotationMs ?? Number.POSITIVE_INFINITY);
  const to = at + (times.backMs ?? Number.POSITIVE_INFINITY);
  const untrue = listings.filter(
    ({ askedAt, answeredAt, names }) => askedAt > from && answeredAt < to && names.includes(victim),
  );
  return { asked: listings.length, untrue: untrue.length };
}

function collectEvents(client: Client, signal: AbortSignal): readonly LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  const read = async (): Promise<void> => {
    for await (const { message } of client.events(signal)) if (message.type === 'event') events.push(message.data);
  };
  read().catch((error) => {
    if (!signal.aborted) console.error(`the event stream ended: ${error}`);
  });
  return events;
}

async function recoveryOf(events: readonly LifecycleEvent[], replica: string, at: number): Promise<Times> {
  const since = (kind: LifecycleEvent['kind']): number | null => {
    const event = events.find((one) => one.replica === replica && one.at >= at && one.kind === kind);
    return event === undefined ? null : event.at - at;
  };
  const backMs = await until(async () => since('serving'), LIMIT_MS);
  const outOfRotationMs = since('out-of-rotation');
  const noticed = [since('noticed'), outOfRotationMs].filter((ms) => ms !== null);
  return { noticedMs: noticed.length === 0 ? null : Math.min(...noticed), outOfRotationMs, backMs };
}
