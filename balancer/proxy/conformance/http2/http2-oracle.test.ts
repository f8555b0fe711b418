import { describe, expect, test } from 'vitest';
import { HOST, message } from '../case.ts';
import type { Journal } from '../recording-replica.ts';
import { readRequest } from '../strict-request.ts';
import { block, data, type Field, FLAG, frame, headers, OPENING, reset, TYPE } from './frames.ts';
import { get, pseudo } from './http2-case.ts';
import { http2Problem, isServedWhole, isSettled, readHttp2Answers } from './http2-oracle.ts';
import { readConversation } from './strict-http2.ts';

const NOTHING: Journal = { arrivals: [], malformed: [], unfinishedOpen: 0, unfinishedEnded: 0, tunnelled: '' };

/** Of requests like `GET /x`, with a field like `GET /x, x-a: 1`. */
function journalOf(...requests: readonly string[]): Journal {
  const arrivals = requests.map((request, i) => {
    const [line = '', field = 'x-empty:'] = request.split(', ');
    const read = readRequest(message(`${line} HTTP/1.1`, HOST, field), 0, 'replica');
    if (read.kind !== 'whole') throw new Error('no request');
    return { seq: i + 1, connection: 1, request: read.value };
  });
  return { ...NOTHING, arrivals };
}

function echo(stream: number, seq: number, target = '/x'): string {
  const fields: Field[] = [
    [':status', '200'],
    ['x-seq', String(seq)],
  ];
  return headers(stream, fields, 0) + data(stream, JSON.stringify({ method: 'GET', target, bodyBytes: 0 }));
}

const see = (bytes: string, journal: Journal) => ({ client: { bytes, closed: false }, journal });
const TWO = readConversation(OPENING + get() + headers(3, pseudo('GET', '/y')));

test('two requests that arrive in any order are one thing each', () => {
  const seen = see(echo(1, 2) + echo(3, 1, '/y'), journalOf('GET /y', 'GET /x'));
  expect(http2Problem(TWO, seen)).toBeUndefined();
  expect(isServedWhole(TWO, seen)).toBe(true);
});

test('to refuse is no problem, but it is not serving', () => {
  const seen = see(reset(1, 1) + frame(TYPE.goaway, 0, 0, '\0'.repeat(8)), NOTHING);
  expect(http2Problem(TWO, seen)).toBeUndefined();
  expect(isServedWhole(TWO, seen)).toBe(false);
});

describe('what is not let pass', () => {
  test.each([
    ['a request nobody sent', echo(1, 1), journalOf('GET /x', 'GET /smuggled')],
    ['a request that arrives twice', echo(1, 1), journalOf('GET /x', 'GET /x')],
    ['a request with another method', '', journalOf('POST /x')],
    ['a request that cannot be read', '', { ...NOTHING, malformed: ['it'] }],
    ['half a request that waits', '', { ...NOTHING, unfinishedOpen: 1 }],
    ['more beginnings than were begun', '', { ...NOTHING, unfinishedEnded: 3 }],
    ["another stream's answer", echo(1, 1) + echo(3, 2), journalOf('GET /y', 'GET /x')],
    ['an answer to nothing', echo(1, 7), NOTHING],
    ['an answer that cannot be read', frame(TYPE.headers, FLAG.endHeaders, 1, '\x80'), NOTHING],
  ])('%s', (_, bytes, journal) => {
    expect(http2Problem(TWO, see(bytes, journal))).toEqual(expect.any(String));
  });

  test.each([
    ['malformed', get(['X-A', '1'])],
    ['cut', headers(1, pseudo(), 0)],
    ['broken', frame(TYPE.settings, 0, 0, 'x') + get()],
  ])('a request that is %s and arrives', (_, bytes) => {
    expect(http2Problem(readConversation(OPENING + bytes), see('', journalOf('GET /x')))).toEqual(expect.any(String));
  });

  test('a field that came out of another', () => {
    const meant = readConversation(OPENING + get(['x-a', 'b\r\nx-smuggled: 1']));
    const seen = see('', journalOf('GET /x, x-smuggled: 1'));
    expect(http2Problem(meant, seen)).toEqual(expect.any(String));
  });

  test('a torn answer', () => {
    const seen = see(
      echo(1, 1) +
        headers(
          3,
          [
            [':status', '200'],
            ['x-seq', '2'],
          ],
          0,
        ) +
        reset(3, 2),
      journalOf('GET /x', 'GET /y'),
    );
    expect(isServedWhole(TWO, seen)).toBe(false);
  });
});

test('all is settled once each whole or malformed request has its end', () => {
  const meant = readConversation(OPENING + get() + headers(3, pseudo('POST'), 0));
  expect(isSettled(meant, readHttp2Answers(''))).toBe(false);
  expect(isSettled(meant, readHttp2Answers(echo(1, 1)))).toBe(true);
});

test('an answer in HEADERS and CONTINUATION is read', () => {
  const section = block([':status', '404'], ['x-seq', '5']);
  const bytes =
    frame(TYPE.headers, FLAG.endStream, 1, section.slice(0, 4)) +
    frame(TYPE.continuation, FLAG.endHeaders, 1, section.slice(4));
  expect(readHttp2Answers(bytes)).toEqual(new Map([[1, { status: 404, seq: '5', body: '', isOver: true }]]));
});
