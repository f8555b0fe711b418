import {
  after,
  dropped,
  family,
  forwarded,
  HOST,
  message,
  midway,
  type Outcome,
  type RequestCase,
  type Row,
  refused,
  sent,
} from '../case.ts';
import { END } from '../steps.ts';

const HEAD = message('POST /t HTTP/1.1', HOST, 'Transfer-Encoding: chunked');
const POSTED = sent('POST', '/t', { body: 'hello' });
const NEXT = message('GET /next HTTP/1.1', HOST);
/** A fault in the body: the header section may be on its way already, the request never becomes whole. */
const REFUSED: readonly Outcome[] = [midway(refused(400, 413, 431)), midway(dropped())];

/** Bodies that break the grammar of chunks: the id, the body, and whether going on would be safe too. */
const BROKEN: readonly (readonly [id: string, body: string, alsoSafe?: Outcome])[] = [
  ['size-plus', '+5\r\nhello\r\n0\r\n\r\n'],
  ['size-minus', '-5\r\nhello\r\n0\r\n\r\n'],
  ['size-0x', '0x5\r\nhello\r\n0\r\n\r\n'],
  ['size-underscore', '0_5\r\nhello\r\n0\r\n\r\n'],
  ['size-leading-space', ' 5\r\nhello\r\n0\r\n\r\n'],
  ['size-leading-tab', '\t5\r\nhello\r\n0\r\n\r\n'],
  ['size-space-behind', '5 \r\nhello\r\n0\r\n\r\n', forwarded(POSTED)],
  ['size-tab-behind', '5\t\r\nhello\r\n0\r\n\r\n', forwarded(POSTED)],
  ['size-space-inside', '0 5\r\nhello\r\n0\r\n\r\n'],
  ['size-letter', '5g\r\nhello\r\n0\r\n\r\n'],
  ['size-not-hex', 'g\r\nhello\r\n0\r\n\r\n'],
  ['size-empty', '\r\nhello\r\n0\r\n\r\n'],
  ['size-only-extension', ';a=b\r\nhello\r\n0\r\n\r\n'],
  ['size-nul', '5\0\r\nhello\r\n0\r\n\r\n'],
  ['size-vertical-tab', '5\x0b\r\nhello\r\n0\r\n\r\n'],
  ['size-over-32-bits', '100000005\r\nhello\r\n0\r\n\r\n'],
  ['size-over-64-bits', '10000000000000005\r\nhello\r\n0\r\n\r\n'],
  ['size-all-f', 'FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n'],
  ['size-many-f', `${'F'.repeat(300)}\r\nhello\r\n0\r\n\r\n`],
  ['size-negative-64', 'FFFFFFFFFFFFFFFB\r\nhello\r\n0\r\n\r\n'],
  ['size-point', '5.0\r\nhello\r\n0\r\n\r\n'],
  ['size-comma', '5,5\r\nhello\r\n0\r\n\r\n'],
  ['size-lf-only', '5\nhello\r\n0\r\n\r\n', forwarded(POSTED)],
  ['size-cr-only', '5\rhello\r\n0\r\n\r\n'],
  ['size-cr-x-lf', '5\rX\nhello\r\n0\r\n\r\n'],
  ['size-cr-cr-lf', '5\r\r\nhello\r\n0\r\n\r\n'],
  ['size-lf-ahead', '\n5\r\nhello\r\n0\r\n\r\n'],
  ['data-short', '6\r\nhello\r\n0\r\n\r\n'],
  ['data-long', '4\r\nhello\r\n0\r\n\r\n'],
  ['data-lf-only', '5\r\nhello\n0\r\n\r\n', forwarded(POSTED)],
  ['data-cr-only', '5\r\nhello\r0\r\n\r\n'],
  ['data-no-end', '5\r\nhello0\r\n\r\n'],
  ['data-two-bytes-for-crlf', '5\r\nhelloXX0\r\n\r\n'],
  ['data-lf-cr', '5\r\nhello\n\r0\r\n\r\n'],
  ['data-cr-x', '5\r\nhello\rX0\r\n\r\n'],
  ['last-lf-lf', '5\r\nhello\r\n0\n\n', forwarded(POSTED)],
  ['last-crlf-lf', '5\r\nhello\r\n0\r\n\n', forwarded(POSTED)],
  ['last-cr-cr', '5\r\nhello\r\n0\r\r'],
  ['last-junk', '5\r\nhello\r\n0\r\nX'],
  ['extension-bare-lf', '5;a\nb\r\nhello\r\n0\r\n\r\n'],
  ['extension-bare-cr', '5;a\rb\r\nhello\r\n0\r\n\r\n'],
  ['extension-lf-end', '5;a=b\nhello\r\n0\r\n\r\n', forwarded(POSTED)],
  ['extension-nul', '5;a=\0\r\nhello\r\n0\r\n\r\n'],
  ['extension-quoted-crlf', '5;a="\r\nhello"\r\n0\r\n\r\n'],
  ['extension-on-last-lf', '5\r\nhello\r\n0;a\n\r\n'],
  ['trailer-no-colon', '5\r\nhello\r\n0\r\nX-A\r\n\r\n', forwarded(POSTED)],
  ['trailer-space-before-colon', '5\r\nhello\r\n0\r\nX-A : b\r\n\r\n', forwarded(POSTED)],
  ['trailer-folded', '5\r\nhello\r\n0\r\nX-A: b\r\n c\r\n\r\n', forwarded(POSTED)],
  ['trailer-nul', '5\r\nhello\r\n0\r\nX-A: \0\r\n\r\n', forwarded(POSTED)],
  ['trailer-bare-cr', '5\r\nhello\r\n0\r\nX-A: b\rX-B: c\r\n\r\n', forwarded(POSTED)],
  ['trailer-bare-lf', '5\r\nhello\r\n0\r\nX-A: b\n\r\n', forwarded(POSTED)],
  ['trailer-leading-space', '5\r\nhello\r\n0\r\n X-A: b\r\n\r\n', forwarded(POSTED)],
  ['trailer-control', '5\r\nhello\r\n0\r\nX-A: \x01\r\n\r\n', forwarded(POSTED)],
];

const broken: readonly Row[] = BROKEN.map(([id, body, alsoSafe]) => ({
  id,
  about: `a chunked body ${JSON.stringify(body.slice(0, 50))}`,
  steps: [HEAD + body, END],
  promised: REFUSED,
  ...(alsoSafe === undefined ? {} : { alsoSafe }),
}));

/** Bodies that break nothing but good taste: served, or refused where they are meant to wear a proxy out. */
const odd: readonly Row[] = [
  {
    id: 'extension-without-name',
    about: 'a semicolon with nothing behind it',
    steps: `${HEAD}5;\r\nhello\r\n0\r\n\r\n`,
    promised: [...REFUSED, forwarded(POSTED)],
  },
  {
    id: 'extension-open-quote',
    about: 'a quoted extension that never closes',
    steps: `${HEAD}5;a="b\r\nhello\r\n0\r\n\r\n`,
    promised: [...REFUSED, forwarded(POSTED)],
  },
  {
    id: 'extension-long',
    about: 'one extension of 100,000 bytes',
    steps: `${HEAD}5;a=${'b'.repeat(100_000)}\r\nhello\r\n0\r\n\r\n`,
    promised: REFUSED,
    alsoSafe: forwarded(POSTED),
  },
  {
    id: 'extension-everywhere',
    about: '2,000 chunks of one byte with 100 bytes of extension each',
    rfc: '9112 7.1.1',
    steps: `${HEAD}${`1;a=${'b'.repeat(100)}\r\nx\r\n`.repeat(2000)}0\r\n\r\n`,
    promised: REFUSED,
    alsoSafe: forwarded(sent('POST', '/t', { body: 'x'.repeat(2000) })),
  },
  {
    id: 'zeros-many',
    about: '300 leading zeros in a chunk size',
    steps: `${HEAD}${'0'.repeat(300)}5\r\nhello\r\n0\r\n\r\n`,
    promised: [...REFUSED, forwarded(POSTED)],
  },
  {
    id: 'trailers-long',
    about: 'trailers of 100,000 bytes',
    steps: `${HEAD}5\r\nhello\r\n0\r\nX-A: ${'b'.repeat(100_000)}\r\n\r\n`,
    promised: REFUSED,
    alsoSafe: forwarded(POSTED),
  },
  {
    id: 'trailer-length',
    about: 'Content-Length among the trailers frames nothing',
    rfc: '9110 6.5.1',
    steps: `${HEAD}5\r\nhello\r\n0\r\nContent-Length: 50\r\n\r\n`,
    promised: [...REFUSED, forwarded(POSTED)],
  },
  {
    id: 'trailer-coding',
    about: 'Transfer-Encoding among the trailers frames nothing',
    rfc: '9110 6.5.1',
    steps: `${HEAD}5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n`,
    promised: [...REFUSED, forwarded(POSTED)],
  },
  {
    id: 'trailer-host',
    about: 'Host among the trailers routes nothing',
    rfc: '9110 6.5.1',
    steps: `${HEAD}5\r\nhello\r\n0\r\nHost: b.example\r\n\r\n`,
    promised: [...REFUSED, forwarded(POSTED)],
  },
];

/** Bodies as they may be. */
const VALID: readonly (readonly [id: string, body: string])[] = [
  ['plain', '5\r\nhello\r\n0\r\n\r\n'],
  ['leading-zero', '05\r\nhello\r\n00\r\n\r\n'],
  ['leading-zeros', '00000005\r\nhello\r\n000\r\n\r\n'],
  ['two-chunks', '2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n'],
  ['single-bytes', '1\r\nh\r\n1\r\ne\r\n1\r\nl\r\n1\r\nl\r\n1\r\no\r\n0\r\n\r\n'],
  ['extension', '5;a=b\r\nhello\r\n0\r\n\r\n'],
  ['extension-name-only', '5;a\r\nhello\r\n0;z\r\n\r\n'],
  ['extension-quoted', '5;a="b c"\r\nhello\r\n0\r\n\r\n'],
  ['extensions', '5;a=b;c="d;e";f\r\nhello\r\n0\r\n\r\n'],
  ['trailer', '5\r\nhello\r\n0\r\nX-Checksum: abc\r\n\r\n'],
  ['trailers', '5\r\nhello\r\n0\r\nX-A: b\r\nX-C: d\r\n\r\n'],
];

const valid: readonly Row[] = [
  ...VALID.map(([id, body]) => ({
    id,
    about: `a chunked body ${JSON.stringify(body)}`,
    steps: HEAD + body,
    promised: forwarded(POSTED),
  })),
  ...VALID.map(([id, body]) => ({
    id: `${id}-then-request`,
    about: `a chunked body ${JSON.stringify(body)}, and a request in the same write`,
    steps: HEAD + body + NEXT,
    promised: forwarded(POSTED, sent('GET', '/next')),
  })),
  {
    id: 'upper-case-hex',
    about: 'a size in upper case',
    steps: `${HEAD}A\r\nhellohello\r\n0\r\n\r\n`,
    promised: forwarded(sent('POST', '/t', { body: 'hellohello' })),
  },
  {
    id: 'lower-case-hex',
    about: 'a size in lower case',
    steps: `${HEAD}1a\r\n${'x'.repeat(26)}\r\n0\r\n\r\n`,
    promised: forwarded(sent('POST', '/t', { body: 'x'.repeat(26) })),
  },
  {
    id: 'empty-body',
    about: 'the last chunk alone',
    steps: `${HEAD}0\r\n\r\n${NEXT}`,
    promised: forwarded(sent('POST', '/t', { body: '' }), sent('GET', '/next')),
  },
  {
    id: 'body-like-chunks',
    about: 'data that looks like the end of the chunks and a request',
    steps: `${HEAD}${(5 + NEXT.length).toString(16)}\r\n0\r\n\r\n${NEXT}\r\n0\r\n\r\n${NEXT}`,
    promised: forwarded(sent('POST', '/t', { body: `0\r\n\r\n${NEXT}` }), sent('GET', '/next')),
  },
  {
    id: 'get',
    about: 'a GET with a chunked body',
    steps: `${message('GET /t HTTP/1.1', HOST, 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`,
    promised: forwarded(sent('GET', '/t', { body: 'hello' })),
    alsoSafe: refused(400),
  },
];

const cut: readonly Row[] = [
  {
    id: 'no-last-chunk',
    about: 'a client that ends ahead of the last chunk',
    steps: [`${HEAD}5\r\nhello\r\n`, END],
    promised: [midway(refused(400, 408)), midway(dropped())],
  },
  {
    id: 'no-last-line',
    about: 'a client that ends ahead of the last empty line',
    steps: [`${HEAD}5\r\nhello\r\n0\r\n`, END],
    promised: [midway(refused(400, 408)), midway(dropped())],
  },
  {
    id: 'inside-a-chunk',
    about: 'a client that ends inside a chunk',
    steps: [`${HEAD}5\r\nhel`, END],
    promised: [midway(refused(400, 408)), midway(dropped())],
  },
  {
    id: 'inside-a-size',
    about: 'a client that ends inside a chunk size',
    steps: [`${HEAD}5`, END],
    promised: [midway(refused(400, 408)), midway(dropped())],
  },
  {
    id: 'junk-behind',
    about: 'junk behind the last chunk is no request',
    steps: `${HEAD}5\r\nhello\r\n0\r\n\r\njunk\r\n\r\n`,
    promised: after([POSTED], refused(400)),
  },
];

export const CHUNK_CASES: readonly RequestCase[] = [
  ...family('chunk-broken', '9112 7.1', broken),
  ...family('chunk-odd', '9112 7.1', odd),
  ...family('chunk-valid', '9112 7.1', valid),
  ...family('chunk-cut', '9112 8', cut),
];
