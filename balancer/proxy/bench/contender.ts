import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrafficOptions } from '../../core/traffic.ts';
import { START_COMMAND } from '../../start-command.ts';
import { haproxyConfig, nginxProxy, nginxReplicas } from './native-config.ts';
import { freePort, nextLine, OTHER_CORES, PROXY_CORE, start, untilListening } from './processes.ts';

export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
}

async function fromScript(name: string, script: string, args: readonly string[]): Promise<Contender> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = start(PROXY_CORE, process.execPath, [path, ...args]);
  return { name, port: Number(await nextLine(child)), child };
}

/** The data path alone. */
export function startDataPath(
  name: string,
  replicas: readonly number[],
  options: Partial<TrafficOptions> = {},
): Promise<Contender> {
  return fromScript(name, './ringmaster-contender.ts', [JSON.stringify(options), ...replicas.map(String)]);
}

/** What Node itself takes: see relay-contender.ts. */
export function startRelay(replicas: readonly number[]): Promise<Contender> {
  return fromScript('relay that reads nothing', './relay-contender.ts', replicas.map(String));
}

/** Reads the event stream as an open panel does. */
async function openPanel(port: number): Promise<void> {
  const { body } = await fetch(`http://127.0.0.1:${port}/_ring/v1/events`);
  const reader = body?.getReader();
  while (reader !== undefined && !(await reader.read()).done);
}

/** The whole balancer as it comes, with health checks, metrics and a panel that is open. */
export async function startBalancer(
  name: string,
  directory: string,
  replicas: readonly number[],
  flags: readonly string[] = [],
): Promise<Contender> {
  const port = await freePort();
  const upstreams = replicas.map((replica) => `127.0.0.1:${replica}`).join(',');
  const state = ['--state', join(directory, `state-${port}`), '--log-level', 'error'];
  const args = [
    ...START_COMMAND,
    '--port',
    String(port),
    '--upstreams',
    upstreams,
    '--health-path',
    '/',
    ...state,
    ...flags,
  ];
  const child = start(PROXY_CORE, process.execPath, args);
  await untilListening(port);
  // It ends with the balancer.
  openPanel(port).catch(() => undefined);
  return { name, port, child };
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
