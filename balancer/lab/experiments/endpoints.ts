import type { RequestOf } from '../../../lib/lab/experiment.ts';
import type { EndpointCheck, KillReport, ResultOf } from '../../../lib/lab/run.ts';
import type { Context, Subject } from './context.ts';
import { keepingFleet } from './fleet-size.ts';
import type { Freezer } from './freezer.ts';
import { runKill } from './kill.ts';

interface Expectation {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly status: number;
  /** What the body has to match, and how to say that. */
  readonly text: RegExp;
}

const TOO_MANY_NEW =
  /^\{"message":"<Error> Length of hostname list is more than newly added instances","status":"failure"\}$/;
const TOO_MANY_OLD =
  /^\{"message":"<Error> Length of hostname list is more than removable instances","status":"failure"\}$/;
const NO_ENDPOINT = /^\{"message":"<Error> '\/other' endpoint does not exist in server replicas","status":"failure"\}$/;
const FAILURE = /^\{"message":"<Error> .+","status":"failure"\}$/s;
const MEMBER = 'lab-a3';

/** A-3: every endpoint of the contract with good and bad input, then a replica that dies under load. */
export async function runEndpoints(
  request: RequestOf<'a3'>,
  context: Context,
  freezer: Freezer | null,
): Promise<ResultOf<'a3'>> {
  const checks = await keepingFleet(context.subject.client, () => checkAll(context));
  context.signal.throwIfAborted();
  const asResult = (kill: KillReport): ResultOf<'a3'> => ({ kind: 'a3', checks, kill });
  return asResult(await runKill(request, context, freezer, asResult));
}

async function checkAll(context: Context): Promise<EndpointCheck[]> {
  const n = (await context.subject.client.list()).message.N;
  const list = expectations(n);
  const checks: EndpointCheck[] = [];
  for (const [at, expectation] of list.entries()) {
    context.step(`${expectation.method} ${expectation.path}`, (0.5 * at) / list.length);
    checks.push(await check(context.subject, expectation, context.signal));
  }
  return checks;
}

/** In order: each may rely on what the ones before have done to a fleet of `n`. */
function expectations(n: number): readonly Expectation[] {
  const rep = (count: number): RegExp =>
    new RegExp(`^\\{"message":\\{"N":${count},"replicas":\\[.*\\]\\},"status":"successful"\\}$`);
  const change = (value: unknown): string => JSON.stringify(value);
  return [
    { method: 'GET', path: '/home', status: 200, text: /"Hello from Server: [^[\]]+","status":"successful"/ },
    { method: 'GET', path: '/heartbeat', status: 200, text: /^$/ },
    { method: 'GET', path: '/other', status: 400, text: NO_ENDPOINT },
    { method: 'GET', path: '/rep', status: 200, text: rep(n) },
    { method: 'POST', path: '/add', body: change({ n: 1, hostnames: ['a', 'b'] }), status: 400, text: TOO_MANY_NEW },
    { method: 'POST', path: '/add', body: change({ n: 0 }), status: 400, text: FAILURE },
    { method: 'POST', path: '/add', body: change({ n: 1, hostnames: ['not a name'] }), status: 400, text: FAILURE },
    { method: 'POST', path: '/add', body: '{', status: 400, text: FAILURE },
    { method: 'PUT', path: '/add', status: 405, text: FAILURE },
    { method: 'POST', path: '/rep', status: 405, text: FAILURE },
    { method: 'GET', path: '/rep', status: 200, text: rep(n) },
    { method: 'POST', path: '/add', body: change({ n: 1, hostnames: [MEMBER] }), status: 200, text: rep(n + 1) },
    { method: 'DELETE', path: '/rm', body: change({ n: 1, hostnames: ['a', 'b'] }), status: 400, text: TOO_MANY_OLD },
    { method: 'DELETE', path: '/rm', body: change({ n: 1, hostnames: [MEMBER] }), status: 200, text: rep(n) },
    { method: 'GET', path: '/rep', status: 200, text: rep(n) },
  ];
}

async function check(subject: Subject, expectation: Expectation, signal: AbortSignal): Promise<EndpointCheck> {
  const { method, path, body, status, text } = expectation;
  const before = performance.now();
  const answer = await fetch(subject.origin + path, {
    method,
    headers: { ...subject.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    signal,
    ...(body === undefined ? {} : { body }),
  });
  const got = await answer.text();
  return {
    call: `${method} ${path}${body === undefined ? '' : ` ${body}`}`,
    expected: `${status} ${spoken(text)}`,
    got: `${answer.status} ${got.slice(0, 200)}`.trim(),
    ok: answer.status === status && text.test(got),
    durationMs: Math.round((performance.now() - before) * 10) / 10,
  };
}

/** A pattern as people read it. */
function spoken(pattern: RegExp): string {
  if (pattern.source === '^$') return 'an empty body';
  return pattern.source
    .replaceAll('[^[\\]]+', '…')
    .replaceAll(/[\^$\\]/g, '')
    .replaceAll(/\.[*+]/g, '…');
}
