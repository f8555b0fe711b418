import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startRecordingReplica } from './recording-replica.ts';
import { HEADER_TIMEOUT_MS, IDLE_TIMEOUT_MS, type Target } from './target.ts';

const SECONDS = (ms: number) => Math.max(1, Math.round(ms / 1000));
const START_TIMEOUT_MS = 5_000;

function nginxConfig(folder: string, port: number, upstream: number | string): string {
  return `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log crit;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  client_header_timeout ${SECONDS(HEADER_TIMEOUT_MS)}s; client_body_timeout ${SECONDS(IDLE_TIMEOUT_MS)}s; keepalive_timeout ${SECONDS(IDLE_TIMEOUT_MS)}s;
  large_client_header_buffers 4 16k;
  upstream replicas { server 127.0.0.1:${upstream}; keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://replicas;
      proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $host;
      proxy_read_timeout 2s; proxy_next_upstream off;
    }
  }
}
`;
}

function haproxyConfig(port: number, upstream: number | string): string {
  return `global
  nbthread 1
  log stderr local0 emerg
defaults
  mode http
  timeout connect 1s
  timeout client ${IDLE_TIMEOUT_MS}ms
  timeout http-request ${HEADER_TIMEOUT_MS}ms
  timeout server 2s
frontend f
  bind 127.0.0.1:${port}
  http-request set-header X-Forwarded-For %[src]
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  default_backend b
backend b
  server replica 127.0.0.1:${upstream}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Resolves when something listens there; rejects when the process ends first or takes too long. */
async function listening(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < until && child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return;
    await pause(20);
  }
  throw new Error(`${child.spawnfile} does not listen`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Is the program there? Those that are not installed are left out of the comparison, and it says so. */
export async function isInstalled(program: string): Promise<boolean> {
  const child = spawn(program, ['-v'], { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(true));
  });
}

async function startNative(name: 'nginx' | 'HAProxy'): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'ringmaster-conformance-'));
  const replica = await startRecordingReplica();
  const port = await freePort();
  const file = join(folder, 'config');
  const isNginx = name === 'nginx';
  await writeFile(file, isNginx ? nginxConfig(folder, port, replica.address) : haproxyConfig(port, replica.address));
  const child = isNginx
    ? spawn('nginx', ['-c', file, '-p', folder], { stdio: 'ignore' })
    : spawn('haproxy', ['-db', '-q', '-f', file], { stdio: 'ignore' });
  await listening(port, child);
  return {
    name,
    port,
    replica,
    stop: async () => {
      await end(child);
      await replica.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export const startNginx = (): Promise<Target> => startNative('nginx');
export const startHaproxy = (): Promise<Target> => startNative('HAProxy');
