import { connect, type Socket } from 'node:net';
import type { Contender } from './contender.ts';
import { usageOf } from './measure.ts';

const SETTLE_MS = 1500;
const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

/** A connection that has been served once, and is idle since. */
function served(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => socket.write(REQUEST));
    socket.once('data', () => resolve(socket));
  });
}

async function open(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    sockets.push(
      ...(await Promise.all(Array.from({ length: Math.min(200, count - sockets.length) }, () => served(port)))),
    );
  }
  return sockets;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** What connections cost that only wait, one proxy after the other. */
export async function idleMemory(contenders: readonly Contender[], count: number): Promise<void> {
  process.stdout.write(`\n${count} idle connections     MB more  KB each\n`);
  for (const { name, port, child } of contenders) {
    const before = usageOf(child.pid ?? 0).rssMb;
    const sockets = await open(port, count);
    await pause();
    const more = usageOf(child.pid ?? 0).rssMb - before;
    for (const socket of sockets) socket.destroy();
    const cells = [more.toFixed(0).padStart(7), ((more * 1000) / count).toFixed(1).padStart(9)];
    process.stdout.write(`${name.padEnd(24)}${cells.join('')}\n`);
    await pause();
  }
}
