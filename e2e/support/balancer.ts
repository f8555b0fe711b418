import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A balancer in a process of its own, on a free port, with a state folder of its own. */
export interface Balancer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** All it has printed so far. */
  readonly output: () => string;
  /** SIGTERM, and wait for the end. Resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
}

const isFree = (port: number): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  return promise;
};

/**
 * A TCP port on loopback that nobody listens on now, from below the range that systems take ports for outgoing
 * connections from: there another process could get it before its user listens on it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

async function untilReady(url: string, child: ChildProcess, output: () => string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the balancer ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/_ring/readyz`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await sleep(25);
  }
  throw new Error(`the balancer was not ready within ${timeoutMs} ms:\n${output()}`);
}

/** Starts the real balancer with these flags; resolves when it is ready. */
export async function startBalancer(flags: readonly string[], timeoutMs = 30_000): Promise<Balancer> {
  const port = await freePort();
  const state = await mkdtemp(join(tmpdir(), 'ringmaster-e2e-'));
  // As `npm run balancer` starts it.
  const all = ['--max-semi-space-size=2', 'balancer/main.js', '--port', String(port), '--state', state, ...flags];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    await ended;
    await rm(state, { recursive: true, force: true });
    return child.exitCode;
  };
  const output = (): string => printed;
  try {
    await untilReady(url, child, output, timeoutMs);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, process: child, output, stop };
}

/** The names that `/rep` lists. */
export async function replicaNames(url: string): Promise<string[]> {
  const answer = await fetch(`${url}/rep`);
  const body = (await answer.json()) as { message: { replicas: string[] } };
  return body.message.replicas;
}
