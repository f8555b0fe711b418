import { expect, test } from 'vitest';
import { forwarded, HOST, message, midway, type Outcome, type RequestCase, refused, sent } from './case.ts';
import { judge, type Observation } from './judge.ts';
import { readRequests } from './strict-request.ts';

const ECHO = message('HTTP/1.1 200 OK', 'X-Seq: 1', 'Content-Length: 0');
const REFUSAL = message('HTTP/1.1 400 Bad Request', 'Connection: close', 'Content-Length: 0');
const NOTHING = { arrivals: [], malformed: [], unfinishedOpen: 0, unfinishedEnded: 0, tunnelled: '' };

function promising(promised: Outcome, ...alsoSafe: readonly Outcome[]): RequestCase {
  return { id: 'x/y', family: 'x', about: '', rfc: '', steps: [], promised: [promised], alsoSafe };
}

/** What a replica understood of these bytes, and what a client got. */
function seen(arrived: string, bytes: string, closed: boolean): Observation {
  const arrivals = readRequests(arrived, 'replica').requests.map((request, i) => ({
    seq: i + 1,
    connection: 1,
    request,
  }));
  return { client: { bytes, closed }, journal: { ...NOTHING, arrivals } };
}

const GET = message('GET /t HTTP/1.1', HOST);
const SERVED = promising(forwarded(sent('GET', '/t')));
const REFUSED = promising(refused(400));

test('a request that arrives once and is answered by its own answer is as promised', () => {
  expect(judge(SERVED, seen(GET, ECHO, false)).kind).toBe('promised');
});

test.each([
  ['arrives twice', seen(GET + GET, ECHO, false)],
  ['gets the answer to another', seen(GET, ECHO.replace('X-Seq: 1', 'X-Seq: 2'), false)],
  ['gets an answer by the proxy after it arrived', seen(GET, REFUSAL, true)],
  ['gets more than an answer', seen(GET, `${ECHO}HTTP`, false)],
  ['arrives with another target', seen(GET.replace('/t', '/u'), ECHO, false)],
  ['arrives with a body', seen(`${message('GET /t HTTP/1.1', HOST, 'Content-Length: 1')}x`, ECHO, false)],
  ['gets an answer nobody can read', seen(GET, 'HTTP/1.1 2xx\r\n\r\n', false)],
])('a request that %s has failed', (_, observation) => {
  expect(judge(SERVED, observation).kind).toBe('failed');
});

test('a valid request that is refused does no harm', () => {
  expect(judge(SERVED, seen('', REFUSAL, true)).kind).toBe('safe');
});

test('a refusal closes the connection, and has the right status to be as promised', () => {
  expect(judge(REFUSED, seen('', REFUSAL, true)).kind).toBe('promised');
  expect(judge(REFUSED, seen('', REFUSAL, false)).kind).toBe('failed');
  expect(judge(REFUSED, seen('', REFUSAL.replace('400', '501'), true)).kind).toBe('safe');
  expect(judge(REFUSED, seen('', '', true)).kind).toBe('safe');
});

test('what was to be refused and arrives has failed, unless the case allows for it', () => {
  expect(judge(REFUSED, seen(GET, ECHO, false)).kind).toBe('failed');
  expect(judge(promising(refused(400), forwarded(sent('GET', '/t'))), seen(GET, ECHO, false)).kind).toBe('safe');
});

test('what a replica cannot read, or waits for, has failed', () => {
  const { client } = seen('', REFUSAL, true);
  expect(judge(REFUSED, { client, journal: { ...NOTHING, malformed: ['two lengths'] } }).kind).toBe('failed');
  expect(judge(REFUSED, { client, journal: { ...NOTHING, unfinishedOpen: 1 } }).kind).toBe('failed');
});

test('a beginning that reached the replica is fine only where the fault came behind it', () => {
  const observation = { ...seen('', REFUSAL, true), journal: { ...NOTHING, unfinishedEnded: 1 } };
  expect(judge(REFUSED, observation).kind).toBe('failed');
  expect(judge(promising(midway(refused(400))), observation).kind).toBe('promised');
});
