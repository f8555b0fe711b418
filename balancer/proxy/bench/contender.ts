import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen } from '../testing/traffic.ts';
import { haproxyConfig, nginxProxy, nginxReplicas } from './native-config.ts';

/** The proxy has the first core for itself, load and replicas have the others. */
const PROXY_CORE = '0';
const OTHER_CORES = availableParallelism() > 1 ? `1-${availableParallelism() - 1}` : '0';

export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
}

export function hasCommand(command: string): boolean {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** Pinned where `taskset` is there. */
export function pinned(cores: string, command: string, args: readonly string[]): [string, string[]] {
  return hasCommand('taskset') ? ['taskset', ['-c', cores, command, ...args]] : [command, [...args]];
}

function start(cores: string, command: string, args: readonly string[]): ChildProcess {
  const [program, all] = pinned(cores, command, args);
  return spawn(program, all, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function isListening(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`);
    return true;
  } catch {
    return false;
  }
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isListening(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on ${port}`);
}

async function fromScript(name: string, script: string, args: readonly string[]): Promise<Contender> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = start(PROXY_CORE, process.execPath, [path, ...args]);
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { name, port: Number(line.toString()), child };
}

export interface RingmasterSetup {
  readonly workers?: number;
  readonly key?: 'request' | 'ip' | 'path';
  readonly slotFunction?: 'murmur3' | 'classic';
}

export function startRingmaster(
  name: string,
  replicas: readonly number[],
  setup: RingmasterSetup = {},
): Promise<Contender> {
  const { workers = 1, key = 'request', slotFunction = 'murmur3' } = setup;
  return fromScript(name, './ringmaster-contender.ts', [String(workers), key, slotFunction, ...replicas.map(String)]);
}

export function startPackage(name: string, replicas: readonly number[]): Promise<Contender> {
  return fromScript(name, './package-contender.ts', [name, ...replicas.map(String)]);
}

async function native(
  name: string,
  command: string,
  args: string[],
  port: number,
  cores = PROXY_CORE,
): Promise<Contender> {
  const child = start(cores, command, args);
  await untilListening(port);
  return { name, port, child };
}

export async function startNginx(directory: string, replicas: readonly number[]): Promise<Contender> {
  const port = await freePort();
  const config = join(directory, 'proxy.conf');
  writeFileSync(config, nginxProxy(directory, port, replicas));
  return native('nginx', 'nginx', ['-p', directory, '-c', config], port);
}

export async function startHaproxy(directory: string, replicas: readonly number[]): Promise<Contender> {
  const port = await freePort();
  const config = join(directory, 'haproxy.cfg');
  writeFileSync(config, haproxyConfig(port, replicas));
  return native('haproxy', 'haproxy', ['-f', config, '-db'], port);
}

/** The replicas: one nginx on several ports. */
export async function startReplicas(directory: string, ports: readonly number[]): Promise<Contender> {
  const config = join(directory, 'replicas.conf');
  writeFileSync(join(directory, 'large'), Buffer.alloc(65_536, 'x'));
  writeFileSync(config, nginxReplicas(directory, ports));
  return native('replicas', 'nginx', ['-p', directory, '-c', config], ports[0] ?? 0, OTHER_CORES);
}
