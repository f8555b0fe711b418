import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverSentEvents } from '../../../lib/client/server-sent-events.ts';
import { type Run, type RunHead, run, runHead, runMessage } from '../../../lib/lab/run.ts';
import { schedule, schedulesPage } from '../../../lib/lab/schedule.ts';
import type { OwnBalancer } from '../../lab/experiments/context.ts';
import { startOwnBalancer } from '../../lab/own-balancer.ts';

let balancer: OwnBalancer;
beforeAll(async () => {
  balancer = await startOwnBalancer(
    { placement: 'balanced', replicas: 2, key: 'request' },
    new AbortController().signal,
  );
});
afterAll(() => balancer.stop());

function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${balancer.origin}/_ring/v1${path}`, init);
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', ...headers };
  return call(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: all });
}

async function start(path: string, body: unknown): Promise<RunHead> {
  const answer = await post(path, body);
  expect(answer.status).toBe(202);
  return runHead.parse(await answer.json());
}

async function read(id: string): Promise<Run> {
  return run.parse(await (await call(`/runs/${id}`)).json());
}

test('a load is started, watched to its end, read, drawn and forgotten', async () => {
  const { id } = await start('/load', { requests: 2000, pace: { kind: 'concurrency', clients: 10 } });
  const events = await call(`/runs/${id}/events`);
  if (!events.body) throw new Error('no stream');
  const messages = [];
  for await (const { event, data } of serverSentEvents(events.body)) {
    messages.push(runMessage.parse({ type: event, data: JSON.parse(data) }));
  }
  expect(messages[0]?.type).toBe('progress');
  expect(messages.at(-1)).toMatchObject({ type: 'finished', data: { id, status: 'done' } });
  expect((await read(id)).result).toMatchObject({ kind: 'load', load: { requests: 2000, failed: 0 } });

  const report = await call(`/report?run=${id}&run=${id}`);
  expect(report.headers.get('content-type')).toContain('text/html');
  expect((await report.text()).match(/<article>/g)).toHaveLength(2);
  const drawing = await call(`/runs/${id}/figures/shares.svg`);
  expect(drawing.headers.get('content-type')).toContain('image/svg+xml');
  expect(await drawing.text()).toMatch(/^<svg /);
  expect(await (await call(`/runs/${id}/figures/shares.csv`)).text()).toMatch(/^replica,requests\r\nS\d,1\d\d\d\r\n/);

  expect((await call(`/runs/${id}`, { method: 'DELETE' })).status).toBe(200);
  expect((await call(`/runs/${id}`)).status).toBe(404);
});

test('one thing runs at a time, and is cancelled by its id', async () => {
  const { id } = await start('/experiments', {
    kind: 'load',
    load: { requests: null, durationMs: 30_000, pace: { kind: 'rate', perSecond: 20 } },
  });
  const second = await post('/experiments', { kind: 'a1' });
  expect(second.status).toBe(409);
  expect(await second.json()).toMatchObject({ code: 'conflict', message: expect.stringContaining('Load is running') });
  const cancelled = await post(`/runs/${id}/cancel`, '');
  expect(await cancelled.json()).toMatchObject({ id, status: 'cancelled' });
  const { runs } = (await (await call('/runs')).json()) as { runs: RunHead[] };
  expect(runs[0]).toMatchObject({ id, status: 'cancelled' });
});

test.each([
  ['/experiments', { kind: 'a9' }],
  ['/experiments', { kind: 'a4', custom: [{ request: 'process.exit()', virtualNode: 'j' }] }],
  ['/experiments', '{'],
  ['/load', { requests: null }],
  ['/load', { path: 'http://elsewhere.example/' }],
  ['/load', { requests: 1e12 }],
])('POST %s with %j is refused in words, and starts nothing', async (path, body) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ status: 'failure', message: expect.stringMatching(/^<Error> ./) });
  const { runs } = (await (await call('/runs')).json()) as { runs: RunHead[] };
  expect(runs.filter((head) => head.status === 'running')).toEqual([]);
});

test.each([
  ['GET', '/runs/none'],
  ['GET', '/runs/none/events'],
  ['POST', '/runs/none/cancel'],
  ['DELETE', '/runs/none'],
  ['GET', '/report?run=none'],
  ['GET', '/runs/none/figures/shares.svg'],
  ['GET', '/runs/..%2f..%2fpackage/figures/shares.svg'],
])('%s %s is not found', async (method, path) => {
  expect((await call(path, { method })).status).toBe(404);
});

test('a page of another site cannot start anything', async () => {
  const answer = await post('/experiments', { kind: 'a1' }, { origin: 'https://elsewhere.example' });
  expect(answer.status).toBe(403);
});

test('the API’s document names every call', async () => {
  const document = (await (await fetch(`${balancer.origin}/_ring/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/_ring/v1/experiments', '/_ring/v1/load', '/_ring/v1/runs/{id}/events']),
  );
});

test('a schedule is made, runs, is listed with how it went, and removed', async () => {
  const request = { kind: 'load', load: { requests: 50 } };
  const added = await post('/schedules', { request, everyMs: 1000, times: 2 });
  expect(added.status).toBe(201);
  const { id } = schedule.parse(await added.json());
  const list = async () => schedulesPage.parse(await (await call('/schedules')).json()).schedules;
  await expect.poll(list, { timeout: 20_000 }).toMatchObject([{ id, runs: 1, passed: 1 }]);
  // After the second run it ends by itself.
  await expect.poll(list, { timeout: 20_000 }).toEqual([]);
  expect((await call(`/schedules/${id}`, { method: 'DELETE' })).status).toBe(404);
  expect((await post('/schedules', { request, everyMs: 1 })).status).toBe(400);
}, 60_000);
