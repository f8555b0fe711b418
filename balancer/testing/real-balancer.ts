import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '../../lib/client/client.ts';
import { START_COMMAND } from '../start-command.ts';

/** A balancer in a process of its own, as a user starts it. */
export interface RealBalancer {
  readonly url: string;
  readonly client: Client;
  readonly child: ChildProcess;
  /** What it has said so far. */
  log(): string;
  /** Sends the signal and resolves with the exit code (null: ended by a signal). */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface Launch {
  /** Shell limits it runs under, as `ulimit` takes them: `-n 256`. */
  readonly limits?: readonly string[];
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly state: string;
  readonly port?: number;
}

/** A state directory of its own, removed by the caller. */
export function stateFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'ringmaster-test-'));
}

export interface Output {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<number | null>;
}

/** Runs main.js with nothing of this process's own settings. */
export function runMain(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limits: readonly string[] = [],
): Output {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('RINGMASTER_'));
  const script = `${limits.map((limit) => `ulimit ${limit} && `).join('')}exec "$@"`;
  const [file = '', ...args] =
    limits.length === 0 ? [process.execPath] : ['/bin/sh', '-c', script, 'sh', process.execPath];
  const child = spawn(file, [...args, ...START_COMMAND, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(clean), ...env } as NodeJS.ProcessEnv,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, text: () => text, ended };
}

async function listening({ text, ended }: Output): Promise<string> {
  let over = false;
  void ended.then(() => (over = true));
  for (;;) {
    const match = /listening on (http:\/\/[\w.:[\]]+:\d+)/.exec(text());
    if (match?.[1] !== undefined) return match[1];
    if (over) throw new Error(`the balancer ended:\n${text()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Starts a balancer over processes, or what the flags say; resolves when it listens. */
export async function launch({ flags = [], env = {}, limits = [], state, port = 0 }: Launch): Promise<RealBalancer> {
  const runtime = flags.includes('--runtime') || flags.includes('--upstreams') ? [] : ['--runtime', 'process'];
  const output = runMain(['--port', String(port), '--state', state, ...runtime, ...flags], env, limits);
  const url = await listening(output);
  return {
    url,
    client: createClient({ baseUrl: url }),
    child: output.child,
    log: output.text,
    end: (signal = 'SIGTERM') => {
      output.child.kill(signal);
      return output.ended;
    },
  };
}

/** Runs `use` with a balancer of its own, and leaves nothing of it. */
export async function withBalancer(
  launchWith: Omit<Launch, 'state'>,
  use: (balancer: RealBalancer) => Promise<void>,
): Promise<void> {
  const state = await stateFolder();
  const balancer = await launch({ ...launchWith, state });
  try {
    await use(balancer);
  } finally {
    await balancer.end();
    await rm(state, { recursive: true, force: true });
  }
}

/** What asks a balancer takes processor time from it, and from all that runs beside. */
const LOOK_MS = 20;

/** True while a process of this number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when `check` is true; rejects when it is not in time. */
export async function until(check: () => boolean | Promise<boolean>, timeoutMs: number, what: string): Promise<number> {
  const start = performance.now();
  while (!(await check())) {
    if (performance.now() - start > timeoutMs) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return performance.now() - start;
}
