import { expect, test } from 'vitest';
import { HOST, message } from './case.ts';
import { problemOf } from './fuzz-oracle.ts';
import { readRequests } from './strict-request.ts';

const OPTIONS = message('OPTIONS /t HTTP/1.1', HOST);
const LAST_HOP = message('OPTIONS /t HTTP/1.1', HOST, 'Max-Forwards: 0');
const OWN = message('HTTP/1.1 204 No Content');
const answer = (seq: number) => message('HTTP/1.1 200 OK', `X-Seq: ${seq}`, 'Content-Length: 0');

/** What is wrong where these requests arrived of those that were sent, and the client got these answers. */
function problem(sent: string, arrived: string, bytes: string): string | undefined {
  const arrivals = readRequests(arrived, 'replica').requests.map((request, i) => ({
    seq: i + 1,
    connection: 1,
    request,
  }));
  const journal = { arrivals, malformed: [], unfinishedOpen: 0, unfinishedEnded: 0, tunnelled: '' };
  return problemOf(readRequests(sent, 'client'), { client: { bytes, closed: false }, journal });
}

test('a request that may go no further is not taken for its like that arrived', () => {
  const sent = OPTIONS + LAST_HOP + OPTIONS;
  expect(problem(sent, OPTIONS + OPTIONS, answer(1) + OWN + answer(2))).toBeUndefined();
  expect(problem(sent, OPTIONS + OPTIONS, answer(1) + answer(2) + OWN)).toBe('answer 2 belongs to request 3');
});

test('an expectation may end at the proxy, and is never made up', () => {
  const post = (...lines: string[]) => message('POST /t HTTP/1.1', HOST, 'Content-Length: 0', ...lines);
  const expecting = post('Expect: 100-continue');
  expect(problem(expecting, post(), answer(1))).toBeUndefined();
  expect(problem(expecting, expecting, answer(1))).toBeUndefined();
  expect(problem(post(), expecting, answer(1))).toContain('Expect 100-continue');
});
