import { setTimeout as pause } from 'node:timers/promises';
import { startClient } from '../client.ts';
import { arrivalMismatch } from '../judge.ts';
import type { Journal } from '../recording-replica.ts';
import { serveNext } from '../run-case.ts';
import type { Step } from '../steps.ts';
import type { Target } from '../target.ts';
import { codeOf, type Frame, readFrames, statusOf, TYPE } from './frames.ts';
import type { Http2Case, Http2Outcome, StreamEnd } from './http2-case.ts';

const PATIENCE_MS = 8_000;
const SETTLE_MS = 25;
const LOOK_EVERY_MS = 20;

/** What the client got on one stream. */
interface StreamSeen {
  readonly status: number;
  readonly body: string;
  readonly isReset: boolean;
}

interface Seen {
  readonly streams: ReadonlyMap<number, StreamSeen>;
  readonly closed: boolean;
  readonly journal: Journal;
}

function streamOf(frames: readonly Frame[]): StreamSeen {
  const statuses = frames.filter(({ type }) => type === TYPE.headers).map(({ payload }) => statusOf(payload));
  const body = frames.filter(({ type }) => type === TYPE.data).map(({ payload }) => payload);
  const code = frames.filter(({ type }) => type === TYPE.reset).map(codeOf)[0] ?? 0;
  return { status: statuses.find((status) => status >= 200) ?? 0, body: body.join(''), isReset: code !== 0 };
}

function streamsOf(bytes: string): ReadonlyMap<number, StreamSeen> {
  const ofStreams = readFrames(bytes).filter(
    ({ type, stream }) => stream > 0 && [TYPE.data, TYPE.headers, TYPE.reset].some((known) => known === type),
  );
  return new Map([...Map.groupBy(ofStreams, ({ stream }) => stream)].map(([id, frames]) => [id, streamOf(frames)]));
}

function endMismatch(end: StreamEnd, seen: StreamSeen | undefined, targets: readonly string[]): string | undefined {
  if (seen === undefined) return 'nothing came';
  if (end === 'reset')
    return seen.isReset && seen.status === 0 ? undefined : `status ${seen.status} instead of a reset`;
  if (seen.isReset) return `reset behind status ${seen.status}`;
  if (end !== 'served')
    return seen.status === end && !seen.body.includes('"target":') ? undefined : `status ${seen.status}`;
  return targets.some((target) => seen.body.includes(JSON.stringify(target))) ? undefined : 'not the answer to it';
}

/** Why this is not what was seen; undefined where it is. */
export function http2Mismatch(outcome: Http2Outcome, { streams, closed, journal }: Seen): string | undefined {
  if (journal.malformed.length > 0) return `the replica could not read: ${journal.malformed[0]}`;
  if (journal.unfinishedOpen > 0) return 'the replica still waits for the rest of a request';
  if (journal.unfinishedEnded > 0 && !outcome.mayStart) return 'the replica saw the beginning of a request';
  const arrivals = arrivalMismatch(outcome.forwarded, journal.arrivals);
  if (arrivals !== undefined) return arrivals;
  for (const [id, end] of outcome.streams) {
    const targets = outcome.forwarded.map(({ target }) => target);
    const reason = endMismatch(end, streams.get(id), targets);
    if (reason !== undefined) return `stream ${id}: ${reason}`;
  }
  const odd = [...streams].filter(([id, { status }]) => !outcome.streams.has(id) && status >= 200 && status < 400);
  if (odd.length > 0) return `stream ${odd[0]?.[0]} was answered`;
  if (closed === (outcome.connection === 'closed')) return undefined;
  return closed ? 'the connection was closed' : 'the connection is still open';
}

/** Plays the case, waits for how it ends, and looks whether the next client is served as before. */
export async function runHttp2Case(
  target: Target,
  row: Http2Case,
  steps: readonly Step[] = row.steps,
): Promise<string | null> {
  target.replica.begin();
  const client = await startClient(target.port, steps);
  const look = (): Seen => {
    const { bytes, closed } = client.sighting();
    return { streams: streamsOf(bytes), closed, journal: target.replica.journal() };
  };
  const reasons = (): (string | undefined)[] => row.promised.map((outcome) => http2Mismatch(outcome, look()));
  const isDone = (): boolean => reasons().includes(undefined);
  const until = performance.now() + PATIENCE_MS;
  await Promise.race([client.played, client.change(PATIENCE_MS)]);
  while (performance.now() < until) {
    if (!isDone()) await client.change(LOOK_EVERY_MS);
    else {
      await Promise.race([client.played, pause(PATIENCE_MS)]);
      await pause(SETTLE_MS);
      if (isDone()) break;
    }
  }
  const verdict = isDone() ? null : reasons().join(' | ');
  client.destroy();
  const next = await serveNext(target);
  return next === undefined ? verdict : `the next client: ${next}`;
}
