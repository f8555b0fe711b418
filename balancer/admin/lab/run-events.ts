import type { RunMessage } from '../../../lib/lab/run.ts';
import type { Laboratory } from '../../core/lab.ts';

const HEARTBEAT_MS = 15_000;
/** Above this a reader is behind: progress is dropped for it, for the next one says more. */
const BEHIND_BYTES = 64 * 1024;

/** How a run goes as server-sent events, the last of them `finished`; null when it is over or unknown. */
export function runEvents(laboratory: Laboratory, id: string): ReadableStream<Uint8Array> | null {
  const encoder = new TextEncoder();
  const ends: (() => void)[] = [];
  const end = (): void => {
    for (const task of ends.splice(0)) task();
  };
  let found = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string): void => controller.enqueue(encoder.encode(text));
        const unwatch = laboratory.watch(id, (message: RunMessage) => {
          if (message.type === 'progress' && (controller.desiredSize ?? 0) <= 0) return;
          write(`event: ${message.type}\ndata: ${JSON.stringify(message.data)}\n\n`);
          if (message.type !== 'finished') return;
          end();
          controller.close();
        });
        if (unwatch === null) return;
        found = true;
        const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
        ends.push(unwatch, () => clearInterval(heartbeat));
      },
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BEHIND_BYTES }),
  );
  return found ? stream : null;
}
