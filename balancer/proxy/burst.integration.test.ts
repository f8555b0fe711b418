/** Thousands of clients that come at once, before there is a single connection to a replica. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs a script that prints its port. */
async function run(script: string, args: readonly string[] = []): Promise<number> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const env = { ...process.env, BACKLOG: '128' };
  const child = spawn(process.execPath, [path, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return Number(line.toString());
}

/** Balancer and client each have a process of their own, and need a file for each client beside some for replicas. */
function clientsAllowed(wanted: number): number {
  const files = Number(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }));
  return Number.isNaN(files) ? wanted : Math.min(wanted, Math.floor(files / 2));
}

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  open.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** The status line of the answer, or how the connection failed. It stays open, as a real client's would. */
function ask(socket: Socket, marker: string): Promise<string> {
  return new Promise((resolve) => {
    socket.once('data', (bytes) => resolve(bytes.toString('latin1').split('\r\n')[0] ?? ''));
    socket.once('error', (error) => resolve(error.message));
    socket.once('close', () => resolve('closed'));
    socket.write(`GET / HTTP/1.1\r\nHost: a\r\n${marker}\r\n`);
  });
}

test.each([
  { lane: 'fast', wanted: 10_000, marker: '' },
  { lane: 'general', wanted: 4_000, marker: 'Connection: keep-alive, x-lane\r\n' },
])('$wanted first requests at once are all answered through the $lane lane', async ({ wanted, marker }) => {
  const replicas = await Promise.all([1, 2, 3].map(() => run('./testing/replica.ts')));
  const port = await run('./bench/ringmaster-contender.ts', ['{}', ...replicas.map(String)]);
  const clients = await Promise.all(Array.from({ length: clientsAllowed(wanted) }, () => connected(port)));
  const answers = await Promise.all(clients.map((client) => ask(client, marker)));
  const counts = [...Map.groupBy(answers, (line) => line)].map(([line, lines]) => [line, lines.length]);
  expect(Object.fromEntries(counts)).toEqual({ 'HTTP/1.1 200 OK': answers.length });
});
