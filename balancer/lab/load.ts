/**
 * The load generator, a process of its own so that it takes no time from the balancer's threads. Its one argument is
 * JSON: what to send (a load) and where the balancer listens. It says how it goes as a JSON object a line, and ends by
 * itself: at the load's end, on SIGTERM, or when whoever started it closes its standard input.
 */
import { z } from 'zod';
import { type LoadMessage, loadSpec } from '../../lib/lab/load.ts';
import { generateLoad } from './load/generator.ts';

const order = z.object({ spec: loadSpec, origin: z.url({ protocol: /^http$/ }) });

function say(message: LoadMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function readOrder(text: string): z.infer<typeof order> | null {
  try {
    return order.parse(JSON.parse(text));
  } catch (error) {
    say({ type: 'refused', message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

async function main(): Promise<void> {
  const given = readOrder(process.argv[2] ?? '');
  if (!given) {
    process.exitCode = 2;
    return;
  }
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort());
  process.stdin.on('end', () => stop.abort()).resume();
  process.stdout.on('error', () => stop.abort());
  say({ type: 'started', at: Date.now() });
  const listener = {
    onFrame: (frame: Extract<LoadMessage, { type: 'frame' }>['frame'], requests: number, failed: number) =>
      say({ type: 'frame', frame, requests, failed }),
  };
  const summary = await generateLoad(given.origin, given.spec, listener, stop.signal);
  say({ type: 'done', summary });
  process.stdin.destroy();
}

await main();
