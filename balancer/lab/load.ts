/**
 * The load generator, a process of its own so that it takes no time from the balancer's threads. Its one argument is
 * JSON: what to send (a load) and where the balancer listens. It says how it goes as a JSON object a line, and ends by
 * itself: at the load's end, on SIGTERM, or when whoever started it closes its standard input.
 */
import type { LoadMessage, LoadSpec } from '../../lib/lab/load.ts';
import { generateLoad } from './load/generator.ts';

/** Checked by whoever starts it, in the same program: to check it again takes longer than a thousand requests do. */
interface Order {
  readonly spec: LoadSpec;
  readonly origin: string;
}

function say(message: LoadMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function main(): Promise<void> {
  const { origin, spec }: Order = JSON.parse(process.argv[2] ?? '');
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort());
  process.stdin.on('end', () => stop.abort()).resume();
  process.stdout.on('error', () => stop.abort());
  say({ type: 'started', at: Date.now() });
  const listener = {
    onFrame: (frame: Extract<LoadMessage, { type: 'frame' }>['frame'], requests: number, failed: number) =>
      say({ type: 'frame', frame, requests, failed }),
  };
  const summary = await generateLoad(origin, spec, listener, stop.signal);
  say({ type: 'done', summary });
  process.stdin.destroy();
}

await main();
