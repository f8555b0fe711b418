import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { loadSpec } from '../../../lib/lab/load.ts';
import { runLoad } from './load-process.ts';

const servers: Server[] = [];
const unaborted = new AbortController().signal;

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer({ keepAlive: true }, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Two replicas in turn, as the balancer names them. */
function twoReplicas(): Promise<string> {
  let count = 0;
  return listen((_request, response) => {
    response.setHeader('X-Ringmaster-Replica', `S${(count++ % 2) + 1}`);
    response.end('ok');
  });
}

test('sends exactly as many requests as asked for and counts who answered', async () => {
  const origin = await twoReplicas();
  const spec = loadSpec.parse({ requests: 2000, pace: { kind: 'concurrency', clients: 20 } });
  let started = 0;
  let seen = 0;
  const hooks = { onStart: () => started++, onFrame: (_frame: unknown, requests: number) => (seen = requests) };
  const summary = await runLoad(origin, spec, hooks, unaborted);
  expect(summary).toMatchObject({ requests: 2000, failed: 0, stoppedBy: 'requests', byStatus: { 200: 2000 } });
  expect(new Map(summary.replicas)).toEqual(
    new Map([
      ['S1', 1000],
      ['S2', 1000],
    ]),
  );
  expect(started).toBe(1);
  expect(seen).toBe(2000);
  expect(summary.frames.reduce((sum, frame) => sum + frame.requests, 0)).toBe(2000);
});

test('keeps its rate and ends by itself when its time is over', async () => {
  const origin = await twoReplicas();
  const spec = loadSpec.parse({ requests: null, durationMs: 1000, pace: { kind: 'rate', perSecond: 200 } });
  const summary = await runLoad(origin, spec, {}, unaborted);
  expect(summary.stoppedBy).toBe('duration');
  // A machine without a free core sends fewer; more than the rate is never right.
  expect(summary.requests).toBeGreaterThan(120);
  expect(summary.requests).toBeLessThan(220);
});

test('a stall is seen by the requests that it held up, not only by those on the wire', async () => {
  let count = 0;
  const origin = await listen((_request, response) => {
    if (++count === 50) setTimeout(() => response.end('late'), 500);
    else response.end('ok');
  });
  const spec = loadSpec.parse({ requests: 200, pace: { kind: 'rate', perSecond: 200, connections: 1 } });
  const { latency, serviceTime } = await runLoad(origin, spec, {}, unaborted);
  expect(serviceTime?.p90Ms).toBeLessThan(100);
  expect(latency?.p90Ms).toBeGreaterThan(200);
});

test('is cancelled at once, with what was found so far', async () => {
  const origin = await twoReplicas();
  const spec = loadSpec.parse({ requests: null, durationMs: 60_000, pace: { kind: 'rate', perSecond: 100 } });
  const stop = new AbortController();
  const hooks = { onFrame: (_frame: unknown, requests: number) => requests > 10 && stop.abort() };
  const summary = await runLoad(origin, spec, hooks, stop.signal);
  expect(summary.stoppedBy).toBe('cancelled');
  expect(summary.requests).toBeGreaterThan(10);
  expect(summary.durationMs).toBeLessThan(10_000);
});

test('errors and cut answers are counted as lost, with their reasons', async () => {
  let count = 0;
  const origin = await listen((request, response) => {
    count++;
    if (count % 4 === 0) request.socket.destroy();
    else if (count % 4 === 1) response.writeHead(503).end();
    else response.end('ok');
  });
  const spec = loadSpec.parse({ requests: 400, pace: { kind: 'concurrency', clients: 4 } });
  const summary = await runLoad(origin, spec, {}, unaborted);
  expect(summary).toMatchObject({ requests: 400, unanswered: 100, failed: 200, byStatus: { 200: 200, 503: 100 } });
  expect(summary.problems[0]?.count).toBe(100);
});

test('a balancer that is not there makes a load of failures, not a crash', async () => {
  const spec = loadSpec.parse({ requests: 20, pace: { kind: 'concurrency', clients: 2 } });
  const summary = await runLoad('http://127.0.0.1:1', spec, {}, unaborted);
  expect(summary).toMatchObject({ requests: 20, unanswered: 20, failed: 20, latency: null });
});

test('headers and body arrive as they were given, and an answer that does not come in time is given up', async () => {
  const seen: string[] = [];
  const origin = await listen(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    seen.push(`${request.method} ${request.headers['x-team']} ${body}`);
    if (seen.length === 1) response.end('ok');
  });
  const pace = { kind: 'concurrency', clients: 1 };
  const sent = { method: 'POST', headers: { 'X-Team': 'red' }, body: 'größer' };
  const spec = loadSpec.parse({ ...sent, requests: 2, timeoutMs: 200, pace });
  const summary = await runLoad(origin, spec, {}, unaborted);
  expect(seen).toEqual(['POST red größer', 'POST red größer']);
  expect(summary).toMatchObject({ requests: 2, unanswered: 1, byStatus: { 200: 1 } });
  expect(summary.problems[0]?.message).toMatch(/within 200 ms/);
});
