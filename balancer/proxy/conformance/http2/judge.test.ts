import { expect, test } from 'vitest';
import { sent } from '../case.ts';
import type { Journal } from '../recording-replica.ts';
import { readRequest } from '../strict-request.ts';
import { statusOf } from './frames.ts';
import { CLOSED, ends, served } from './http2-case.ts';
import { http2Mismatch } from './run-http2-case.ts';

const NOTHING: Journal = { arrivals: [], malformed: [], unfinishedOpen: 0, unfinishedEnded: 0, tunnelled: '' };
const ANSWER = { status: 200, body: '{"method":"GET","target":"/x","bodyBytes":0}', isReset: false };

function journalOf(...targets: readonly string[]): Journal {
  const arrivals = targets.map((target, i) => {
    const read = readRequest(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, 0, 'replica');
    if (read.kind !== 'whole') throw new Error('no request');
    return { seq: i + 1, connection: 1, request: read.value };
  });
  return { ...NOTHING, arrivals };
}

test.each([
  ['\x88', 200],
  ['\x8c', 400],
  ['\x20\x89', 204],
  ['\x48\x83\x68\x2d\x7f', 414],
  ['\x48\x82\x6c\x01', 501],
  ['\x08\x03431', 431],
])('the status in %j is read as %i', (block, status) => {
  expect(statusOf(block)).toBe(status);
});

test('what was asked for and answered is as promised', () => {
  const seen = { streams: new Map([[1, ANSWER]]), closed: false, journal: journalOf('/x') };
  expect(http2Mismatch(served(sent('GET', '/x')), seen)).toBeUndefined();
});

test.each([
  ['a request nobody sent', { journal: journalOf('/x', '/smuggled') }],
  ['another request', { journal: journalOf('/y') }],
  ['a request that cannot be read', { journal: { ...journalOf('/x'), malformed: ['it'] } }],
  ['half a request that waits', { journal: { ...journalOf('/x'), unfinishedOpen: 1 } }],
  ['half a request that was cut', { journal: { ...journalOf('/x'), unfinishedEnded: 1 } }],
  ["another one's answer", { streams: new Map([[1, { ...ANSWER, body: '"/z"' }]]) }],
  ['a torn answer', { streams: new Map([[1, { ...ANSWER, isReset: true }]]) }],
  [
    'an answer to a stream nobody opened',
    {
      streams: new Map([
        [1, ANSWER],
        [3, ANSWER],
      ]),
    },
  ],
  ['a connection that ended', { closed: true }],
])('%s is not let pass', (_, odd) => {
  const seen = { streams: new Map([[1, ANSWER]]), closed: false, journal: journalOf('/x'), ...odd };
  expect(http2Mismatch(served(sent('GET', '/x')), seen)).toEqual(expect.any(String));
});

test('a refusal that was forwarded all the same, or answered by the replica, is not let pass', () => {
  const seen = { streams: new Map([[1, { ...ANSWER, status: 400 }]]), closed: false, journal: NOTHING };
  expect(http2Mismatch(ends(1, 400), seen)).toEqual(expect.any(String));
  expect(http2Mismatch(CLOSED, { ...seen, streams: new Map(), closed: true, journal: journalOf('/x') })).toEqual(
    expect.any(String),
  );
});
