import type { LogLine, LogQuery } from '../../../core/ports.ts';
import type { Resources } from '../../../core/resources.ts';
import { toResources } from './container-stats.ts';
import type { Engine } from './engine.ts';
import { jsonLines } from './json-lines.ts';
import { LogFrames } from './log-frames.ts';

type Container = ReturnType<Engine['docker']['getContainer']>;

/** What a container has printed and, when followed, goes on to print until it ends or the signal aborts. */
export async function* readLogs(
  engine: Engine,
  container: Container,
  { tail, follow }: LogQuery,
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  const frames = new LogFrames();
  const shown = { stdout: true, stderr: true, timestamps: true, tail };
  if (!follow) {
    const bytes = await engine.call('reading logs', signal, (abortSignal) =>
      container.logs({ ...shown, follow: false, abortSignal }),
    );
    if (Buffer.isBuffer(bytes)) yield* frames.push(bytes);
    return;
  }
  yield* endingWith(signal, async function* (abortSignal) {
    const stream = await container.logs({ ...shown, follow: true, abortSignal });
    for await (const chunk of stream) yield* frames.push(Buffer.from(chunk));
  });
}

/** A sample a second; the Engine takes two to give the first. Asking without a stream would take a second each time. */
export function readStats(
  engine: Engine,
  id: string,
  machineBytes: number,
  signal: AbortSignal,
): AsyncIterable<Resources> {
  return endingWith(signal, async function* (abortSignal) {
    const stream = await engine.stream(`/containers/${id}/stats`, abortSignal);
    for await (const json of jsonLines(stream)) {
      const sample = toResources(json, machineBytes);
      if (sample !== null) yield sample;
    }
  });
}

/** Ends, without an error, when the signal aborts; closes the connection when the reader loses interest. */
async function* endingWith<T>(
  signal: AbortSignal,
  read: (abortSignal: AbortSignal) => AsyncIterable<T>,
): AsyncIterable<T> {
  const stop = new AbortController();
  try {
    yield* read(AbortSignal.any([signal, stop.signal]));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stop.abort();
  }
}
