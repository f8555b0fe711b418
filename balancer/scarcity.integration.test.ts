/** What happens when connections, files or the disk run short, or upstreams come and go. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { withBalancer } from './testing/real-balancer.ts';
import { SteadyLoad } from './testing/steady-load.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function upstream(): Server {
  return createServer((_, response) => response.end('well'));
}

test('a replica that accepts and then closes costs no GET, and is ejected', () =>
  withBalancer({ flags: ['--env', 'SERVER_LAB=1'] }, async ({ url, client }) => {
    const [bad] = await client.replicas();
    const { host, port } = bad?.instance?.address ?? { host: '', port: 0 };
    await fetch(`http://${host}:${port}/lab/behaviour?close=1&path=/home`, { method: 'PUT' });
    const load = new SteadyLoad(`${url}/home`);
    await pause(2_000);
    const statuses = (await client.replicas()).map(({ status }) => status);
    const report = await load.stop();
    expect(report.failed).toEqual(new Map());
    expect(statuses).toContain('ejected');
    const { requests, retries } = (await client.state()).totals;
    expect(retries / requests).toBeLessThan(0.2);
  }));

test('an upstream that flaps, two seconds up and two down, costs less than one request in a thousand', async () => {
  const servers = [upstream(), upstream(), upstream()];
  const ports = await Promise.all(servers.map((server) => listen(server)));
  const addresses = ports.map((port) => `127.0.0.1:${port}`).join(',');
  await withBalancer({ flags: ['--upstreams', addresses, '--health-path', '/'] }, async ({ url, client }) => {
    const { ring } = await client.state();
    const load = new SteadyLoad(`${url}/`);
    let [flapping] = servers;
    for (let i = 0; i < 3; i++) {
      await pause(2_000);
      flapping?.closeAllConnections();
      flapping?.close();
      await pause(2_000);
      flapping = upstream();
      await listen(flapping, ports[0]);
    }
    servers.push(...(flapping === undefined ? [] : [flapping]));
    const report = await load.stop();
    const lost = [...report.failed.values()].reduce((sum, count) => sum + count, 0);
    expect(report.ok).toBeGreaterThan(1_000);
    expect(lost / report.ok).toBeLessThan(0.001);
    expect((await client.state()).ring.owner).toEqual(ring.owner);
  });
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

test('out of file descriptors nobody is blamed, and it serves again when there are some', () =>
  withBalancer({ limits: ['-n 160'] }, async ({ url, client }) => {
    const { hostname, port } = new URL(url);
    const idle: Socket[] = [];
    for (let i = 0; i < 300; i++) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      idle.push(socket);
    }
    await pause(3_000);
    for (const socket of idle) socket.destroy();
    await pause(1_500);
    const load = new SteadyLoad(`${url}/home`, 4);
    await pause(500);
    expect((await load.stop()).failed).toEqual(new Map());
    const { events } = await client.history({ limit: 1000 });
    expect(events.filter(({ kind }) => kind === 'out-of-rotation' || kind === 'noticed')).toEqual([]);
    expect((await client.list()).message.N).toBe(3);
  }));

// Blocks that a file may have: too few for the state file to begin with, and too few for what comes.
test.each(['-f 20', '-f 200'])(
  'when nothing more can be written (%s) it serves on, changes included, and says so',
  (limit) =>
    withBalancer({ limits: [limit] }, async ({ url, client, log }) => {
      for (let i = 0; i < 6; i++) {
        await client.add({ n: 2, hostnames: [`a${i}`, `b${i}`] });
        await client.remove({ n: 2, hostnames: [`a${i}`, `b${i}`] });
      }
      expect((await fetch(`${url}/home`)).status).toBe(200);
      expect((await client.list()).message.N).toBe(3);
      expect(log()).toMatch(/the state file cannot be used|could not be saved/);
    }),
);
