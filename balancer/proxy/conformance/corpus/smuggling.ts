import {
  family,
  forwarded,
  HOST,
  message,
  midway,
  type Outcome,
  type RequestCase,
  type Row,
  refused,
  SMUGGLED,
  sent,
} from '../case.ts';

const CHUNKED_HELLO = '5\r\nhello\r\n0\r\n\r\n';
const POSTED = sent('POST', '/t', { body: 'hello' });
const REFUSED = refused(400, 501);

/** A POST whose framing fields are `lines`, with `body` behind it. */
function post(body: string, ...lines: readonly string[]): string {
  return message('POST /t HTTP/1.1', HOST, ...lines) + body;
}

/** Transfer-Encoding lines that are not one clean `chunked`, where some reader along the way sees one and another does not. */
const OBSCURED: readonly (readonly [id: string, line: string, alsoSafe?: Outcome])[] = [
  ['space-before-colon', 'Transfer-Encoding : chunked'],
  ['tab-before-colon', 'Transfer-Encoding\t: chunked'],
  ['leading-space', ' Transfer-Encoding: chunked'],
  ['leading-tab', '\tTransfer-Encoding: chunked'],
  ['folded-value', 'Transfer-Encoding:\r\n chunked', forwarded(POSTED)],
  ['folded-after-chunked', 'Transfer-Encoding: chunked\r\n , identity'],
  ['lf-in-value', 'Transfer-Encoding:\n chunked'],
  ['x-chunked', 'Transfer-Encoding: xchunked'],
  ['chunkedx', 'Transfer-Encoding: chunkedx'],
  ['identity', 'Transfer-Encoding: identity'],
  ['identity-chunked', 'Transfer-Encoding: identity, chunked'],
  ['chunked-identity', 'Transfer-Encoding: chunked, identity'],
  ['gzip-chunked', 'Transfer-Encoding: gzip, chunked'],
  ['gzip', 'Transfer-Encoding: gzip'],
  ['cow', 'Transfer-Encoding: cow'],
  ['chunked-twice', 'Transfer-Encoding: chunked, chunked'],
  ['trailing-comma', 'Transfer-Encoding: chunked,', forwarded(POSTED)],
  ['leading-comma', 'Transfer-Encoding: ,chunked', forwarded(POSTED)],
  ['double-quoted', 'Transfer-Encoding: "chunked"'],
  ['single-quoted', "Transfer-Encoding: 'chunked'"],
  ['parameter', 'Transfer-Encoding: chunked;q=1'],
  ['semicolon', 'Transfer-Encoding: chunked;'],
  ['space-inside', 'Transfer-Encoding: chun ked'],
  ['nul-behind', 'Transfer-Encoding: chunked\0'],
  ['nul-ahead', 'Transfer-Encoding: \0chunked'],
  ['vertical-tab-ahead', 'Transfer-Encoding: \x0bchunked'],
  ['vertical-tab-behind', 'Transfer-Encoding: chunked\x0b'],
  ['form-feed-behind', 'Transfer-Encoding: chunked\x0c'],
  ['delete-behind', 'Transfer-Encoding: chunked\x7f'],
  ['no-break-space-ahead', 'Transfer-Encoding: \xa0chunked'],
  ['next-line-behind', 'Transfer-Encoding: chunked\x85'],
  ['kelvin-sign', 'Transfer-Encoding: chun\xe2\x84\xaaed'],
  ['empty', 'Transfer-Encoding:'],
  ['twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked'],
  ['identity-line-first', 'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked'],
  ['identity-line-last', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity'],
  ['cow-line-last', 'Transfer-Encoding: chunked\r\nTransfer-encoding: cow'],
  ['empty-line-last', 'Transfer-Encoding: chunked\r\nTransfer-Encoding:'],
  ['bare-cr-behind', 'Transfer-Encoding: chunked\r', forwarded(POSTED)],
  ['behind-bare-cr', 'X-A: b\rTransfer-Encoding: chunked'],
  ['behind-bare-lf', 'X-A: b\nTransfer-Encoding: chunked', forwarded(POSTED)],
  ['bare-lf-behind', 'Transfer-Encoding: chunked\nX-A: b', forwarded(POSTED)],
  ['nul-in-name', 'Transfer-Encoding\0: chunked'],
  ['semicolon-in-name', 'Transfer-Encoding;: chunked'],
  ['no-colon', 'Transfer-Encoding chunked'],
  ['equals', 'Transfer-Encoding = chunked'],
  ['split-name', 'Transfer-\r\nEncoding: chunked'],
];

const obscured: readonly Row[] = OBSCURED.map(([id, line, alsoSafe]) => ({
  id,
  about: `a body whose only framing field is ${JSON.stringify(line)}`,
  steps: post(CHUNKED_HELLO, line),
  promised: REFUSED,
  ...(alsoSafe === undefined ? {} : { alsoSafe }),
}));

/** The same lines beside a Content-Length: the classic pairs, one side of which reads the length. */
const besideLength: readonly Row[] = OBSCURED.map(([id, line]) => ({
  id: `${id}-with-length`,
  about: `Content-Length and ${JSON.stringify(line)}`,
  steps: post(`0\r\n\r\n${SMUGGLED}`, `Content-Length: ${5 + SMUGGLED.length}`, line),
  promised: REFUSED,
}));

/** RFC 9112 6.1: a proxy may also take the length away and go by Transfer-Encoding, if it closes afterwards. */
const both: readonly Row[] = [
  {
    id: 'length-first',
    about: 'Content-Length that covers a second request, then Transfer-Encoding',
    steps: post(`0\r\n\r\n${SMUGGLED}`, `Content-Length: ${5 + SMUGGLED.length}`, 'Transfer-Encoding: chunked'),
    promised: REFUSED,
    alsoSafe: forwarded(sent('POST', '/t', { body: '' })),
  },
  {
    id: 'length-last',
    about: 'Transfer-Encoding, then Content-Length that covers a second request',
    steps: post(`0\r\n\r\n${SMUGGLED}`, 'Transfer-Encoding: chunked', `Content-Length: ${5 + SMUGGLED.length}`),
    promised: REFUSED,
    alsoSafe: forwarded(sent('POST', '/t', { body: '' })),
  },
  {
    id: 'length-short',
    about: 'a Content-Length that ends inside the first chunk',
    steps: post(CHUNKED_HELLO, 'Content-Length: 3', 'Transfer-Encoding: chunked'),
    promised: REFUSED,
    alsoSafe: forwarded(POSTED),
  },
  {
    id: 'length-zero',
    about: 'Content-Length: 0 with Transfer-Encoding',
    steps: post(CHUNKED_HELLO, 'Content-Length: 0', 'Transfer-Encoding: chunked'),
    promised: REFUSED,
    alsoSafe: forwarded(POSTED),
  },
  {
    id: 'length-agrees',
    about: 'a Content-Length that happens to fit the chunked bytes',
    steps: post(CHUNKED_HELLO, `Content-Length: ${CHUNKED_HELLO.length}`, 'Transfer-Encoding: chunked'),
    promised: REFUSED,
    alsoSafe: forwarded(POSTED),
  },
  {
    id: 'in-a-get',
    about: 'a GET with both',
    steps: message('GET /t HTTP/1.1', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked') + CHUNKED_HELLO,
    promised: REFUSED,
    alsoSafe: forwarded(sent('GET', '/t', { body: 'hello' })),
  },
  {
    id: 'wrong-length-too',
    about: 'an unreadable Content-Length beside Transfer-Encoding',
    steps: post(CHUNKED_HELLO, 'Content-Length: x', 'Transfer-Encoding: chunked'),
    promised: REFUSED,
  },
  {
    id: 'http-10',
    about: 'Transfer-Encoding in HTTP/1.0',
    steps: message('POST /t HTTP/1.0', HOST, 'Transfer-Encoding: chunked') + CHUNKED_HELLO,
    promised: REFUSED,
    alsoSafe: midway(forwarded(POSTED)),
  },
  {
    id: 'http-10-kept-alive',
    about: 'Transfer-Encoding in a kept-alive HTTP/1.0, with a request behind it',
    steps:
      message('POST /t HTTP/1.0', HOST, 'Connection: keep-alive', 'Transfer-Encoding: chunked') +
      CHUNKED_HELLO +
      SMUGGLED,
    promised: REFUSED,
    alsoSafe: forwarded(POSTED),
  },
  {
    id: 'http-10-with-length',
    about: 'Content-Length and Transfer-Encoding in HTTP/1.0',
    steps: message('POST /t HTTP/1.0', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked') + CHUNKED_HELLO,
    promised: REFUSED,
    alsoSafe: forwarded(POSTED),
  },
];

/** Right ways to say it, so that refusing is no way to pass. */
const VALID_LINES: readonly (readonly [id: string, line: string])[] = [
  ['plain', 'Transfer-Encoding: chunked'],
  ['upper-case', 'TRANSFER-ENCODING: CHUNKED'],
  ['mixed-case', 'transfer-encoding: cHuNkEd'],
  ['no-space', 'Transfer-Encoding:chunked'],
  ['tabs-around', 'Transfer-Encoding:\tchunked\t'],
  ['spaces-around', 'Transfer-Encoding:    chunked   '],
];

const valid: readonly Row[] = VALID_LINES.map(([id, line]) => ({
  id,
  about: `one clean ${JSON.stringify(line)}`,
  steps: post(CHUNKED_HELLO, line),
  promised: forwarded(POSTED),
}));

export const SMUGGLING_CASES: readonly RequestCase[] = [
  ...family('te-obscured', '9112 6.1', obscured),
  ...family('te-and-cl', '9112 6.3', besideLength),
  ...family('te-beside-cl', '9112 6.3', both),
  ...family('te-valid', '9112 7.1', valid),
];
