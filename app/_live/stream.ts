import type { StreamMessage } from '#lib/api/events.ts';
import { MESSAGE_TYPES, parseMessage } from './message.ts';
import type { Connection } from './view.ts';

/** The balancer says something at least once a second; three of those missed is silence. */
const SILENCE_MS = 3_000;
const RETRY_MS = [250, 500, 1_000, 2_000] as const;

export interface StreamSink {
  message(message: StreamMessage, id: string): void;
  connection(connection: Connection): void;
}

/** Keeps the event stream open until the signal aborts, resuming after the last id it saw. */
export async function followStream(lastId: string | null, sink: StreamSink, signal: AbortSignal): Promise<void> {
  let resumeAfter = lastId;
  let failures = 0;
  const remember = (message: StreamMessage, id: string): void => {
    if (id !== '') resumeAfter = id;
    failures = 0;
    sink.message(message, id);
  };
  // A stream that is opened again says nothing before it is heard: why it has to be is worse than silence.
  const tell = (connection: Connection): void => {
    if (connection !== 'stale' || failures === 0) sink.connection(connection);
  };
  while (!signal.aborted) {
    await openOnce(resumeAfter, { message: remember, connection: tell }, signal);
    if (signal.aborted) return;
    sink.connection(await whyClosed(signal));
    await pause(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 2_000, signal);
  }
}

/** Resolves when the stream ended, failed, or stayed silent for so long that it is given up. */
function openOnce(resumeAfter: string | null, sink: StreamSink, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const query = resumeAfter === null ? '' : `?after=${encodeURIComponent(resumeAfter)}`;
  const source = new EventSource(`/api/events${query}`);
  let heardAt = performance.now();
  const watch = setInterval(() => {
    const silentMs = performance.now() - heardAt;
    if (silentMs > SILENCE_MS * 4) resolve();
    else if (silentMs > SILENCE_MS) sink.connection('stale');
  }, 500);
  const receive = (event: MessageEvent<string>): void => {
    heardAt = performance.now();
    const message = parseMessage(event.type, event.data);
    if (message === null) return;
    sink.message(message, event.lastEventId);
    sink.connection('live');
  };
  for (const type of MESSAGE_TYPES) source.addEventListener(type, receive);
  source.addEventListener('error', () => resolve());
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => {
    clearInterval(watch);
    source.close();
  });
}

/** The stream is gone: was it the balancer, or the way to the panel? */
async function whyClosed(signal: AbortSignal): Promise<Connection> {
  try {
    const answer = await fetch('/api/state', { signal, cache: 'no-store' });
    if (answer.status === 401) return 'signed-out';
    return answer.ok ? 'reconnecting' : 'balancer-down';
  } catch {
    return 'reconnecting';
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
