import { sent } from '../../case.ts';
import { END, wait } from '../../steps.ts';
import {
  block,
  data,
  type Field,
  FLAG,
  frame,
  headers,
  number,
  OPENING,
  PREFACE,
  reset,
  settings,
  TYPE,
} from '../frames.ts';
import { CLOSED, ends, get, type Http2Outcome, http2Family, MALFORMED, midway, pseudo, served } from '../http2-case.ts';

const END_HEADERS = FLAG.endHeaders;
const WHOLE = FLAG.endHeaders | FLAG.endStream;
const BLOCK = block(...pseudo());
const X = sent('GET', '/x');

/** Served, or not any more, before the connection was closed for what came behind. */
const CLOSED_BEHIND: readonly Http2Outcome[] = [
  CLOSED,
  { ...CLOSED, mayStart: true },
  { ...CLOSED, forwarded: [X] },
  { ...served(X), connection: 'closed' },
];
const fatal = (id: string, about: string, steps: string) => ({ id, about, steps, promised: midway([CLOSED]) });

const FRAMES = http2Family('h2-frame', '9113 5.4.1', [
  fatal('data-on-0', 'DATA on stream 0', frame(TYPE.data, 0, 0, 'x')),
  fatal('headers-on-0', 'HEADERS on stream 0', frame(TYPE.headers, WHOLE, 0, BLOCK)),
  fatal('headers-even', 'HEADERS on a stream of the server', frame(TYPE.headers, WHOLE, 2, BLOCK)),
  fatal('data-idle', 'DATA on an idle stream', data(5, 'x')),
  fatal('reset-idle', 'RST_STREAM on an idle stream', reset(5, 8)),
  fatal('reset-on-0', 'RST_STREAM on stream 0', reset(0, 8)),
  fatal('reset-size', 'RST_STREAM of 3 bytes', frame(TYPE.reset, 0, 1, 'abc')),
  fatal('window-idle', 'WINDOW_UPDATE on an idle stream', frame(TYPE.windowUpdate, 0, 5, number(1, 4))),
  fatal('window-zero', 'WINDOW_UPDATE of nothing', frame(TYPE.windowUpdate, 0, 0, number(0, 4))),
  fatal('window-size', 'WINDOW_UPDATE of 3 bytes', frame(TYPE.windowUpdate, 0, 0, 'abc')),
  fatal('window-overflow', 'a window beyond 2^31-1', frame(TYPE.windowUpdate, 0, 0, number(2 ** 31 - 1, 4))),
  fatal('settings-size', 'SETTINGS of 5 bytes', frame(TYPE.settings, 0, 0, '12345')),
  fatal('settings-ack-payload', 'an acknowledgement that says something', frame(TYPE.settings, FLAG.ack, 0, '123456')),
  fatal('settings-on-1', 'SETTINGS on a stream', frame(TYPE.settings, 0, 1, '')),
  fatal('settings-push', 'ENABLE_PUSH of 2', settings([2, 2])),
  fatal('settings-window', 'an initial window beyond 2^31-1', settings([4, 2 ** 31])),
  fatal('settings-frame-small', 'a frame size of 1', settings([5, 1])),
  fatal('settings-frame-large', 'a frame size of 2^24', settings([5, 2 ** 24])),
  fatal('ping-size', 'PING of 7 bytes', frame(TYPE.ping, 0, 0, '1234567')),
  fatal('ping-on-1', 'PING on a stream', frame(TYPE.ping, 0, 1, '12345678')),
  fatal('goaway-on-1', 'GOAWAY on a stream', frame(TYPE.goaway, 0, 1, number(0, 8))),
  fatal('goaway-size', 'GOAWAY of 3 bytes', frame(TYPE.goaway, 0, 0, 'abc')),
  fatal('push', 'PUSH_PROMISE of a client', frame(TYPE.pushPromise, END_HEADERS, 1, number(2, 4) + BLOCK)),
  fatal('continuation-alone', 'CONTINUATION of nothing', frame(TYPE.continuation, END_HEADERS, 1, BLOCK)),
  fatal(
    'interrupted',
    'a PING inside a header section',
    frame(TYPE.headers, FLAG.endStream, 1, BLOCK) + frame(TYPE.ping, 0, 0, '12345678'),
  ),
  fatal(
    'continuation-other',
    'CONTINUATION on another stream',
    frame(TYPE.headers, FLAG.endStream, 1, BLOCK.slice(0, 9)) +
      frame(TYPE.continuation, END_HEADERS, 3, BLOCK.slice(9)),
  ),
  fatal(
    'too-large',
    'a frame of more than 16,384 bytes',
    frame(TYPE.headers, WHOLE, 1, BLOCK + block(['x', 'y'.repeat(16_385)])),
  ),
  fatal(
    'padding-headers',
    'more padding than there is HEADERS',
    frame(TYPE.headers, WHOLE | FLAG.padded, 1, `\xff${BLOCK}`),
  ),
  fatal(
    'padding-data',
    'more padding than there is DATA',
    headers(1, pseudo('POST'), 0) + frame(TYPE.data, FLAG.endStream | FLAG.padded, 1, '\xffbody'),
  ),
  fatal('priority-size', 'HEADERS too short for their priority', frame(TYPE.headers, WHOLE | FLAG.priority, 1, 'abc')),
  {
    id: 'data-behind-end',
    about: 'DATA behind the end of the stream',
    steps: get() + data(1, 'more'),
    promised: [
      ...CLOSED_BEHIND,
      ends(1, 'reset'),
      { ...ends(1, 'reset'), mayStart: true },
      { ...ends(1, 'reset'), forwarded: [X] },
      served(X),
    ],
  },
  {
    id: 'headers-behind-end',
    about: 'HEADERS behind the end of the stream',
    steps: get() + get(),
    promised: [
      ...CLOSED_BEHIND,
      ends(1, 'reset'),
      { ...ends(1, 'reset'), mayStart: true },
      { ...ends(1, 'reset'), forwarded: [X] },
      served(X),
    ],
  },
  {
    id: 'trailers-open',
    about: 'trailers that do not end the stream',
    steps: headers(1, pseudo('POST'), 0) + data(1, 'x', 0) + headers(1, [['x-t', '1']], 0),
    promised: midway(MALFORMED),
  },
  { id: 'no-settings', about: 'a preface without SETTINGS', steps: [PREFACE + get()], promised: CLOSED_BEHIND },
]);

const LARGE = block(...pseudo(), ['x-a', 'a'.repeat(9_000)], ['x-b', 'b'.repeat(9_000)]);

/** What nghttp2 lets pass, where the connection should end. */
export const OVERLOOKED = http2Family('h2-overlooked', '9113 5.4.1', [
  {
    id: 'lower-stream',
    about: 'a stream with a lower number: it is not heeded',
    rfc: '9113 5.1.1',
    steps: headers(5, pseudo()) + headers(3, pseudo('GET', '/three')) + headers(7, pseudo('GET', '/seven')),
    promised: [{ ...served(X, sent('GET', '/seven')), streams: new Map([5, 7].map((id) => [id, 'served'] as const)) }],
  },
  {
    id: 'priority-on-0',
    about: 'PRIORITY on stream 0',
    rfc: '9113 6.3',
    steps: frame(TYPE.priority, 0, 0, `${number(0, 4)}\x10`) + get(),
    promised: [served(X)],
  },
  {
    id: 'continuation-large',
    about: 'CONTINUATION of more than 16,384 bytes',
    rfc: '9113 4.2',
    steps:
      frame(TYPE.headers, FLAG.endStream, 1, LARGE.slice(0, 9)) +
      frame(TYPE.continuation, END_HEADERS, 1, LARGE.slice(9)),
    promised: [served(X)],
  },
]);

const HPACK = http2Family('h2-hpack', '7541 3.3', [
  fatal('index-0', 'the index 0', frame(TYPE.headers, WHOLE, 1, '\x80')),
  fatal('index-beyond', 'an index beyond the table', frame(TYPE.headers, WHOLE, 1, `${BLOCK}\xff\xff\x7f`)),
  fatal(
    'integer-endless',
    'a number without an end',
    frame(TYPE.headers, WHOLE, 1, `${BLOCK}\x7f${'\xff'.repeat(12)}`),
  ),
  fatal('string-beyond', 'a string longer than its block', frame(TYPE.headers, WHOLE, 1, `${BLOCK}\0\x7fabc`)),
  fatal(
    'huffman-padding',
    'Huffman padding of more than 7 bits',
    frame(TYPE.headers, WHOLE, 1, `${BLOCK}\0\x01x\x82\xff\xff`),
  ),
  fatal('table-too-large', 'a table larger than allowed', frame(TYPE.headers, WHOLE, 1, `\x3f\xff\xff\x03${BLOCK}`)),
  fatal('table-late', 'a change of the table behind a field', frame(TYPE.headers, WHOLE, 1, `${BLOCK}\x20`)),
  fatal('cut', 'a block that ends in a field', frame(TYPE.headers, WHOLE, 1, BLOCK.slice(0, -3))),
]);

const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join('');
/** Anything goes, but what arrived must have been sent, and the next client must be served. */
const SURVIVES: readonly Http2Outcome[] = [CLOSED, ends(1, 'reset'), ends(1, 400), ends(1, 431)].flatMap((outcome) => [
  outcome,
  { ...outcome, mayStart: true },
]);
const BIG = `\x40\x01a\x7f\x81\x1e${'b'.repeat(4000)}`;

const ABUSE = http2Family('h2-abuse', '9113 10.5', [
  {
    id: 'rapid-reset',
    about: '3,000 requests that are taken back at once (CVE-2023-44487)',
    steps: times(3000, (i) => headers(2 * i + 1, pseudo()) + reset(2 * i + 1, 8)),
    promised: midway([CLOSED]),
  },
  {
    id: 'continuation-flood',
    about: '1,000 CONTINUATION frames (CVE-2024-27316)',
    steps:
      frame(TYPE.headers, FLAG.endStream, 1, BLOCK) +
      times(1000, (i) => frame(TYPE.continuation, 0, 1, block([`x-${i}`, 'y']))),
    promised: [CLOSED],
  },
  {
    id: 'continuation-empty',
    about: '1,000 empty CONTINUATION frames',
    steps: frame(TYPE.headers, FLAG.endStream, 1, BLOCK) + times(1000, () => frame(TYPE.continuation, 0, 1, '')),
    promised: [CLOSED],
  },
  {
    id: 'settings-flood',
    about: '3,000 SETTINGS (CVE-2019-9515)',
    steps: times(3000, () => settings([4, 65_535])),
    promised: [CLOSED],
  },
  {
    id: 'settings-long',
    about: 'SETTINGS of 1,000 entries',
    steps: settings(...Array.from({ length: 1000 }, (): [number, number] => [4, 65_535])),
    promised: [CLOSED],
  },
  {
    id: 'ping-flood',
    about: '3,000 PING (CVE-2019-9512)',
    steps: times(3000, () => frame(TYPE.ping, 0, 0, '12345678')),
    promised: [CLOSED],
  },
  {
    id: 'empty-data-flood',
    about: '3,000 empty DATA frames (CVE-2019-9518)',
    steps: headers(1, pseudo('POST'), 0) + times(3000, () => data(1, '', 0)),
    promised: midway([CLOSED]),
  },
  {
    id: 'header-bomb',
    about: 'one field of 4,000 bytes, 4,000 times by its index',
    steps: frame(TYPE.headers, WHOLE, 1, `${BLOCK}${BIG}${'\xbe'.repeat(4000)}`),
    promised: SURVIVES,
  },
  {
    id: 'many-fields',
    about: '2,000 fields',
    steps: get(...Array.from({ length: 2000 }, (): Field => ['x', ''])),
    promised: SURVIVES,
  },
  {
    id: 'many-crumbs',
    about: '2,000 crumbs of a cookie',
    steps: get(...Array.from({ length: 2000 }, (): Field => ['cookie', 'a'])),
    promised: SURVIVES,
  },
  {
    id: 'too-many-streams',
    about: '400 requests that do not end',
    steps: times(400, (i) => headers(2 * i + 1, pseudo('POST'), 0)),
    promised: midway([CLOSED]),
  },
  {
    id: 'invalid-flood',
    about: '400 requests that make no sense',
    steps: times(400, (i) => headers(2 * i + 1, [...pseudo(), ['X-Upper', '1']])),
    promised: [CLOSED],
  },
]);

const ENDINGS = http2Family('h2-cut', '9113 8.1', [
  {
    id: 'body',
    about: 'a client that goes in the middle of a body',
    steps: [OPENING + headers(1, pseudo('POST'), 0) + data(1, 'half', 0), wait(30), END],
    promised: midway([CLOSED, { ...ends(1, 'reset'), connection: 'closed' }]),
  },
  {
    id: 'headers',
    about: 'a client that goes in the middle of a header section',
    steps: [OPENING + frame(TYPE.headers, WHOLE, 1, BLOCK).slice(0, -5), wait(30), END],
    promised: [CLOSED],
  },
  ...[0, 8].map((code) => ({
    id: `reset-${code}`,
    about: `a body that is given up with code ${code}`,
    steps: [
      OPENING + headers(1, pseudo('POST'), 0) + data(1, 'half', 0),
      wait(30),
      reset(1, code) + headers(3, pseudo('GET', '/three')),
    ],
    promised: midway([{ ...served(), forwarded: [sent('GET', '/three')], streams: new Map([[3, 'served' as const]]) }]),
  })),
  {
    id: 'reset-length',
    about: 'a body of a known length that is given up',
    steps: [
      OPENING + headers(1, [...pseudo('POST'), ['content-length', '9']], 0) + data(1, 'half', 0),
      wait(30),
      reset(1, 8),
    ],
    promised: midway([served()]),
  },
  {
    id: 'reset-whole-length',
    about: 'a body that is given up with its length whole, but not ended',
    steps: [
      OPENING + headers(1, [...pseudo('POST'), ['content-length', '4']], 0) + data(1, 'body', 0),
      wait(30),
      reset(1, 8),
    ],
    promised: midway([served()]),
  },
]);

/** Frames, header compression, floods and endings, as no honest client sends them. */
export const HTTP2_CONNECTION_CASES = [...FRAMES, ...OVERLOOKED, ...HPACK, ...ABUSE, ...ENDINGS];
