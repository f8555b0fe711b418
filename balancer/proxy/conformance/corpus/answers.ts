import {
  type AnswerCase,
  type AnswerRow,
  answerFamily,
  BAD_GATEWAY,
  behind,
  CUT,
  type Delivery,
  delivered,
  switched,
} from '../answer-case.ts';
import { HOST, message } from '../case.ts';
import { END, inPieces, RESET, wait } from '../steps.ts';

/** An answer of the replica with these fields, and these bytes behind them. */
function ok(body: string, ...lines: readonly string[]): string {
  return message('HTTP/1.1 200 OK', ...lines) + body;
}

const HELLO = ok('hello', 'Content-Length: 5');
const GOT: Delivery = delivered(200, 'hello');
const POISON = ok('poison', 'X-Seq: 1', 'Content-Length: 6');
/** Wrong before its header section is over: the proxy has sent nothing yet. */
const BAD: readonly Delivery[] = [BAD_GATEWAY];
/** Wrong behind its header section: some of it may be on its way. */
const BAD_OR_CUT: readonly Delivery[] = [BAD_GATEWAY, CUT];

/** Status lines that are none. */
// biome-ignore format: a table of words reads better in rows
const STATUS_LINES: readonly (readonly [id: string, line: string, alsoSafe?: readonly Delivery[]])[] = [
  ['two-digits', 'HTTP/1.1 20 OK'], ['four-digits', 'HTTP/1.1 2000 OK'], ['letters', 'HTTP/1.1 abc OK'], ['zeros', 'HTTP/1.1 000 OK'],
  ['below-100', 'HTTP/1.1 099 OK'], ['plus', 'HTTP/1.1 +20 OK'], ['minus', 'HTTP/1.1 -20 OK'], ['hex', 'HTTP/1.1 0x8 OK'],
  ['two-spaces', 'HTTP/1.1  200 OK', [GOT]], ['tab', 'HTTP/1.1\t200 OK'], ['leading-space', ' HTTP/1.1 200 OK'], ['no-version', '200 OK'],
  ['glued', 'HTTP/1.1 200OK'], ['lower-case', 'http/1.1 200 OK'], ['http-2', 'HTTP/2.0 200 OK', [GOT]], ['http-0.9', 'HTTP/0.9 200 OK', [GOT]],
  ['http-11', 'HTTP/11 200 OK'], ['icy', 'ICY 200 OK', [GOT]], ['request', 'GET /smuggled HTTP/1.1'], ['word', 'hello'], ['nul', 'HTTP/1.1 200 O\0K', [GOT]],
  ['bare-cr', 'HTTP/1.1 200 O\rK', [GOT]], ['leading-nul', '\0HTTP/1.1 200 OK'], ['no-code', 'HTTP/1.1'], ['no-code-space', 'HTTP/1.1 '],
  ['point', 'HTTP/1.1 200.1 Partial'], ['wide-digit', 'HTTP/1.1 2\xef\xbc\x90\xef\xbc\x90 OK'], ['control', 'HTTP/1.1 200 \x01', [GOT]],
];

// biome-ignore format: one row a line
const statusLines: readonly AnswerRow[] = [
  ...STATUS_LINES.map(([id, line, alsoSafe]) => ({
    id,
    about: JSON.stringify(line),
    answer: `${message(line, 'Content-Length: 5')}hello`,
    promised: BAD,
    alsoSafe: alsoSafe ?? [],
  })),
  { id: 'valid-no-reason', about: 'no reason', answer: `${message('HTTP/1.1 200 ', 'Content-Length: 5')}hello`, promised: GOT, mayReuse: true },
  { id: 'valid-no-reason-no-space', about: 'no reason and no space', answer: `${message('HTTP/1.1 200', 'Content-Length: 5')}hello`, promised: [GOT, BAD_GATEWAY], mayReuse: true },
  { id: 'valid-long-reason', about: 'a reason of 1,000 letters', answer: `${message(`HTTP/1.1 200 ${'x'.repeat(1000)}`, 'Content-Length: 5')}hello`, promised: [GOT, BAD_GATEWAY], mayReuse: true },
  { id: 'valid-own-code', about: 'a code of its own', rfc: '9110 15', answer: `${message('HTTP/1.1 299 Fine', 'Content-Length: 5')}hello`, promised: delivered(299, 'hello'), mayReuse: true },
  { id: 'valid-obs-text', about: 'a reason in UTF-8', answer: `${message('HTTP/1.1 200 D\xc3\xa9j\xc3\xa0', 'Content-Length: 5')}hello`, promised: GOT, mayReuse: true },
  { id: 'lf-only', about: 'lines that end in LF alone', rfc: '9112 2.2', answer: 'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello', promised: { kind: 'failed', status: [502, 504] }, alsoSafe: [GOT] },
  { id: 'crlf-ahead', about: 'an empty line first', answer: `\r\n${HELLO}`, promised: BAD, alsoSafe: [GOT] },
  { id: 'http-09', about: 'an answer of HTTP/0.9', answer: ['<html>hello</html>', END], promised: BAD },
  { id: 'http-10', about: 'HTTP/1.0 with a length', answer: [`${message('HTTP/1.0 200 OK', 'Content-Length: 5')}hello`, END], promised: GOT },
  { id: 'http-10-until-close', about: 'HTTP/1.0 until it closes', answer: [`${message('HTTP/1.0 200 OK')}hello`, END], promised: GOT },
];

/** Framing that can be read in more ways than one, or in none. */
const FRAMINGS: readonly (readonly [id: string, lines: string, body: string, alsoSafe?: readonly Delivery[]])[] = [
  ['two-lengths', 'Content-Length: 5\r\nContent-Length: 6', 'hello'],
  ['two-same-lengths', 'Content-Length: 5\r\nContent-Length: 5', 'hello', [GOT]],
  ['list-of-lengths', 'Content-Length: 5, 5', 'hello', [GOT]],
  ['list-of-others', 'Content-Length: 5, 6', 'hello'],
  ['length-and-chunked', 'Content-Length: 3\r\nTransfer-Encoding: chunked', '5\r\nhello\r\n0\r\n\r\n', [GOT]],
  ['chunked-and-length', 'Transfer-Encoding: chunked\r\nContent-Length: 3', '5\r\nhello\r\n0\r\n\r\n', [GOT]],
  ['length-plus', 'Content-Length: +5', 'hello'],
  ['length-minus', 'Content-Length: -5', 'hello'],
  ['length-hex', 'Content-Length: 0x5', 'hello'],
  ['length-space', 'Content-Length: 0 5', 'hello'],
  ['length-word', 'Content-Length: five', 'hello'],
  ['length-empty', 'Content-Length:', 'hello'],
  ['length-nbsp', 'Content-Length: 5\xa0', 'hello'],
  ['length-vertical-tab', 'Content-Length: \x0b5', 'hello'],
  ['length-over-64-bits', 'Content-Length: 18446744073709551621', 'hello'],
  ['length-space-before-colon', 'Content-Length : 5', 'hello', [GOT]],
  ['length-folded', 'Content-Length:\r\n 5', 'hello', [GOT]],
  ['coding-gzip', 'Transfer-Encoding: gzip', 'hello'],
  ['coding-identity', 'Transfer-Encoding: identity', 'hello'],
  ['coding-twice', 'Transfer-Encoding: chunked, chunked', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-two-lines', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-x', 'Transfer-Encoding: xchunked', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-gzip-chunked', 'Transfer-Encoding: gzip, chunked', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-chunked-gzip', 'Transfer-Encoding: chunked, gzip', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-quoted', 'Transfer-Encoding: "chunked"', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-vertical-tab', 'Transfer-Encoding: \x0bchunked', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-nbsp', 'Transfer-Encoding: chunked\xa0', '5\r\nhello\r\n0\r\n\r\n'],
  ['coding-empty', 'Transfer-Encoding:', 'hello'],
  ['coding-space-before-colon', 'Transfer-Encoding : chunked', '5\r\nhello\r\n0\r\n\r\n', [GOT]],
];

// biome-ignore format: one row a line
const framings: readonly AnswerRow[] = [
  ...FRAMINGS.map(([id, lines, body, alsoSafe]) => ({
    id,
    about: JSON.stringify(lines),
    answer: [ok(body, lines), wait(50), END],
    promised: BAD,
    alsoSafe: alsoSafe ?? [],
  })),
  { id: 'coding-http-10', about: 'Transfer-Encoding in HTTP/1.0', rfc: '9112 6.1', answer: [`${message('HTTP/1.0 200 OK', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`, END], promised: [BAD_GATEWAY, GOT], alsoSafe: [delivered(200, '5\r\nhello\r\n0\r\n\r\n')] },
];

// biome-ignore format: one row a line
const bodies: readonly AnswerRow[] = [
  { id: 'length', about: 'a body as long as it says', answer: HELLO, promised: GOT, mayReuse: true },
  { id: 'no-body', about: 'a body of nothing', answer: ok('', 'Content-Length: 0'), promised: delivered(200, ''), mayReuse: true },
  { id: 'chunked', about: 'a chunked body', answer: ok('2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'), promised: GOT, mayReuse: true },
  { id: 'chunked-extensions', about: 'chunks with extensions and trailers', answer: ok('5;a=b\r\nhello\r\n0;c\r\nX-A: b\r\n\r\n', 'Transfer-Encoding: chunked'), promised: GOT, mayReuse: true },
  { id: 'chunked-http-10', about: 'chunks for a client of HTTP/1.0', rfc: '9112 7', request: message('GET /t HTTP/1.0', HOST), answer: ok('5\r\nhello\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'), promised: delivered(200, 'hello', { 'transfer-encoding': null }), mayReuse: true },
  { id: 'until-close', about: 'a body that ends with the connection', answer: [ok('hello'), END], promised: GOT },
  { id: 'until-close-in-two', about: 'a body in two pieces that ends with the connection', answer: [ok('hel'), wait(20), 'lo', END], promised: GOT },
  { id: 'until-close-http-10', about: 'the same for a client of HTTP/1.0', request: message('GET /t HTTP/1.0', HOST), answer: [ok('hello'), END], promised: GOT },
  { id: 'until-reset', about: 'a body that ends in a reset is not whole', rfc: '9112 8', answer: [ok('hello'), wait(20), RESET], promised: BAD_OR_CUT },
  { id: 'short', about: 'a body shorter than it says', rfc: '9112 8', answer: [ok('hel', 'Content-Length: 5'), wait(10), END], promised: BAD_OR_CUT },
  { id: 'short-reset', about: 'a reset in the middle of a body', rfc: '9112 8', answer: [ok('hel', 'Content-Length: 5'), wait(10), RESET], promised: BAD_OR_CUT },
  { id: 'none-of-it', about: 'a header section and an end', rfc: '9112 8', answer: [ok('', 'Content-Length: 5'), wait(10), END], promised: BAD_OR_CUT },
  { id: 'stalls', about: 'a body that stops half way', answer: [ok('hel', 'Content-Length: 5')], promised: [CUT, { kind: 'failed', status: [502, 504] }] },
  { id: 'long', about: 'a body longer than it says', answer: ok('hello, and more', 'Content-Length: 5'), promised: [GOT, BAD_GATEWAY, CUT] },
  { id: 'long-is-an-answer', about: 'a body with another answer behind it', answer: HELLO + POISON, promised: [GOT, BAD_GATEWAY, CUT] },
  { id: 'chunked-short', about: 'chunks without the last one', rfc: '9112 8', answer: [ok('5\r\nhello\r\n', 'Transfer-Encoding: chunked'), wait(10), END], promised: BAD_OR_CUT },
  { id: 'chunked-cut', about: 'a chunk that ends too early', rfc: '9112 8', answer: [ok('5\r\nhel', 'Transfer-Encoding: chunked'), wait(10), END], promised: BAD_OR_CUT },
  { id: 'chunked-no-last-line', about: 'the last chunk without its empty line', rfc: '9112 8', answer: [ok('5\r\nhello\r\n0\r\n', 'Transfer-Encoding: chunked'), wait(10), END], promised: BAD_OR_CUT },
  { id: 'chunked-long', about: 'an answer behind the last chunk', answer: ok('5\r\nhello\r\n0\r\n\r\n', 'Transfer-Encoding: chunked') + POISON, promised: [GOT, BAD_GATEWAY, CUT] },
];

/** Chunked bodies that break their grammar. */
// biome-ignore format: a table of words reads better in rows
const CHUNKS: readonly (readonly [id: string, body: string, alsoSafe?: readonly Delivery[]])[] = [
  ['size-letter', 'g\r\nhello\r\n0\r\n\r\n'], ['size-plus', '+5\r\nhello\r\n0\r\n\r\n'], ['size-0x', '0x5\r\nhello\r\n0\r\n\r\n'],
  ['size-minus', '-5\r\nhello\r\n0\r\n\r\n'], ['size-space-ahead', ' 5\r\nhello\r\n0\r\n\r\n', [GOT]], ['size-space-behind', '5 \r\nhello\r\n0\r\n\r\n', [GOT]],
  ['size-empty', '\r\nhello\r\n0\r\n\r\n'], ['size-over-64-bits', '10000000000000005\r\nhello\r\n0\r\n\r\n'], ['size-over-32-bits', '100000005\r\nhello\r\n0\r\n\r\n'],
  ['size-lf', '5\nhello\r\n0\r\n\r\n', [GOT]], ['size-cr', '5\rhello\r\n0\r\n\r\n'], ['size-nul', '5\0\r\nhello\r\n0\r\n\r\n'],
  ['data-long', '4\r\nhello\r\n0\r\n\r\n'], ['data-no-crlf', '5\r\nhello0\r\n\r\n'], ['data-lf', '5\r\nhello\n0\r\n\r\n', [GOT]],
  ['last-lf', '5\r\nhello\r\n0\n\n', [GOT]], ['trailer-no-colon', '5\r\nhello\r\n0\r\nX\r\n\r\n', [GOT]], ['trailer-nul', '5\r\nhello\r\n0\r\nX: \0\r\n\r\n', [GOT]],
  ['trailer-folded', '5\r\nhello\r\n0\r\nX: y\r\n z\r\n\r\n', [GOT]], ['extension-lf', '5;a\n\r\nhello\r\n0\r\n\r\n', [GOT]], ['extension-long', `5;a=${'b'.repeat(100_000)}\r\nhello\r\n0\r\n\r\n`, [GOT]],
  ['trailers-long', `5\r\nhello\r\n0\r\nX: ${'b'.repeat(200_000)}\r\n\r\n`, [GOT]],
];

const chunks: readonly AnswerRow[] = CHUNKS.map(([id, body, alsoSafe]) => ({
  id,
  about: JSON.stringify(body.slice(0, 40)),
  answer: [ok(body, 'Transfer-Encoding: chunked'), wait(10), END],
  promised: BAD_OR_CUT,
  alsoSafe: alsoSafe ?? [],
}));

// biome-ignore format: one row a line
const bodiless: readonly AnswerRow[] = [
  { id: '204', about: '204', answer: message('HTTP/1.1 204 No Content'), promised: delivered(204, ''), mayReuse: true },
  { id: '204-body', about: '204 with a body', answer: `${message('HTTP/1.1 204 No Content', 'Content-Length: 5')}hello`, promised: [delivered(204, ''), BAD_GATEWAY, CUT] },
  { id: '204-chunked', about: '204 with chunks', answer: `${message('HTTP/1.1 204 No Content', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`, promised: [delivered(204, ''), BAD_GATEWAY, CUT] },
  { id: '204-poison', about: '204 and an answer nobody asked for', answer: message('HTTP/1.1 204 No Content') + POISON, promised: [delivered(204, ''), BAD_GATEWAY, CUT] },
  { id: '304', about: '304 with a length', rfc: '9110 15.4.5', answer: message('HTTP/1.1 304 Not Modified', 'Content-Length: 5', 'ETag: "x"'), promised: delivered(304, '', { etag: '"x"' }), mayReuse: true },
  { id: '304-body', about: '304 with a body', answer: `${message('HTTP/1.1 304 Not Modified', 'Content-Length: 5')}hello`, promised: [delivered(304, ''), BAD_GATEWAY, CUT] },
  { id: 'head', about: 'HEAD with a length', rfc: '9110 9.3.2', method: 'HEAD', answer: message('HTTP/1.1 200 OK', 'Content-Length: 5'), promised: delivered(200, '', { 'content-length': '5' }), mayReuse: true },
  { id: 'head-chunked', about: 'HEAD with Transfer-Encoding', method: 'HEAD', answer: message('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'), promised: delivered(200, ''), mayReuse: true },
  { id: 'head-no-length', about: 'HEAD without a length', method: 'HEAD', answer: message('HTTP/1.1 200 OK'), promised: delivered(200, ''), mayReuse: true },
  { id: 'head-body', about: 'HEAD with a body', method: 'HEAD', answer: HELLO, promised: [delivered(200, ''), BAD_GATEWAY, CUT] },
  { id: 'head-body-later', about: 'HEAD with a body that comes later', method: 'HEAD', answer: [message('HTTP/1.1 200 OK', 'Content-Length: 5'), wait(20), 'hello'], promised: [delivered(200, ''), BAD_GATEWAY, CUT] },
  { id: 'head-poison', about: 'HEAD and an answer nobody asked for', method: 'HEAD', answer: message('HTTP/1.1 200 OK', 'Content-Length: 5') + POISON, promised: [delivered(200, ''), BAD_GATEWAY, CUT] },
];

const HINT = message('HTTP/1.1 103 Early Hints', 'Link: </a.css>; rel=preload');

// biome-ignore format: one row a line
const interim: readonly AnswerRow[] = [
  { id: '100', about: '100 that nobody asked for', rfc: '9110 15.2', answer: `HTTP/1.1 100 Continue\r\n\r\n${HELLO}`, promised: GOT, mayReuse: true },
  { id: '102', about: '102', rfc: '9110 15.2', answer: `HTTP/1.1 102 Processing\r\n\r\n${HELLO}`, promised: behind([102], GOT), alsoSafe: [GOT], mayReuse: true },
  { id: '103', about: '103 ahead of the answer', rfc: '8297 2', answer: HINT + HELLO, promised: behind([103], GOT), alsoSafe: [GOT], mayReuse: true },
  { id: '103-later', about: '103, and the answer later', rfc: '8297 2', answer: [HINT, wait(30), HELLO], promised: behind([103], GOT), alsoSafe: [GOT], mayReuse: true },
  { id: '103-http-10', about: '103 for a client of HTTP/1.0', rfc: '9110 15.2', request: message('GET /t HTTP/1.0', HOST), answer: HINT + HELLO, promised: behind([], GOT), mayReuse: true },
  { id: 'five', about: 'five of them', answer: HINT.repeat(5) + HELLO, promised: GOT, mayReuse: true },
  { id: 'flood', about: '2,000 of them', answer: [HINT.repeat(2000) + HELLO], promised: [BAD_GATEWAY, CUT, GOT] },
  { id: 'endless', about: '2,000 of them and nothing else', answer: [HINT.repeat(2000), wait(50), END], promised: BAD_OR_CUT },
  { id: 'alone', about: 'one, and an end', answer: [HINT, wait(10), END], promised: [{ kind: 'failed', status: [502, 504] }, CUT] },
  { id: 'with-body', about: 'one with a body', answer: `${message('HTTP/1.1 103 Early Hints', 'Content-Length: 5')}hello${HELLO}`, promised: BAD_OR_CUT },
  { id: '101', about: '101 that nobody asked for', rfc: '9110 7.8', answer: [message('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'), POISON], promised: BAD_OR_CUT },
  { id: '101-bare', about: '101 without Upgrade', rfc: '9110 7.8', answer: [message('HTTP/1.1 101 Switching Protocols'), POISON], promised: BAD_OR_CUT },
  { id: 'control', about: 'control characters in its reason', rfc: '9112 4', answer: [message('HTTP/1.1 103 Early\0Hints') + HELLO, wait(30), END], promised: BAD_OR_CUT, alsoSafe: [GOT] },
  { id: '199', about: 'an interim answer nobody knows', rfc: '9110 15', answer: `HTTP/1.1 199 Wait\r\n\r\n${HELLO}`, promised: GOT, mayReuse: true },
];

const CONTINUE = message('HTTP/1.1 100 Continue');
const ASKING = message('POST /t HTTP/1.1', HOST, 'Content-Length: 5', 'Expect: 100-continue');
const NO = `${message('HTTP/1.1 417 Expectation Failed', 'Content-Length: 2')}no`;
const REFUSED = delivered(417, 'no', { connection: 'close' });

/** What a replica says to a client that asks whether it may send its body, before the body is there where it is early. */
// biome-ignore format: one row a line
const expecting: readonly AnswerRow[] = [
  { id: 'continue', about: '100, and the answer once the body is there', request: [ASKING, wait(50), 'hello'], answer: [CONTINUE, wait(150), HELLO], early: true, promised: behind([100], GOT), alsoSafe: [GOT], mayReuse: true },
  { id: 'continue-and-answer', about: '100, and the answer without the body', request: ASKING, answer: CONTINUE + HELLO, early: true, promised: behind([100], GOT), alsoSafe: [GOT] },
  { id: 'continue-twice', about: '100 twice', request: ASKING, answer: CONTINUE + CONTINUE + HELLO, early: true, promised: behind([100], GOT), alsoSafe: [GOT] },
  { id: 'hint-and-continue', about: '103, then 100', request: ASKING, answer: HINT + CONTINUE + HELLO, early: true, promised: behind([103, 100], GOT), alsoSafe: [GOT] },
  { id: 'continue-late', about: '100 for a body that is there already', request: `${ASKING}hello`, answer: CONTINUE + HELLO, promised: behind([100], GOT), alsoSafe: [GOT], mayReuse: true },
  { id: 'silent', about: 'no 100: the client is told to go on by the proxy, which can wait no longer', request: [ASKING, wait(1300), 'hello'], answer: HELLO, promised: behind([100], GOT), alsoSafe: [GOT], mayReuse: true },
  { id: 'refused', about: '417 instead, and no body', request: ASKING, answer: NO, early: true, promised: behind([], REFUSED), alsoSafe: [delivered(417, 'no')] },
  { id: 'refused-then-body', about: '417 instead, and the body all the same', request: [ASKING, wait(50), 'hello'], answer: NO, early: true, promised: behind([], REFUSED), alsoSafe: [delivered(417, 'no')] },
  { id: 'refused-then-request', about: '417 instead, and a request where the body would be', request: [ASKING, wait(50), message('GET /smuggled HTTP/1.1', HOST)], answer: NO, early: true, promised: behind([], REFUSED), alsoSafe: [delivered(417, 'no')] },
  { id: 'answered', about: '200 instead', request: ASKING, answer: HELLO, early: true, promised: behind([], delivered(200, 'hello', { connection: 'close' })), alsoSafe: [GOT] },
  { id: 'answered-chunked', about: '200 instead, in chunks that come slowly', request: [ASKING, wait(30), 'he', wait(30), 'l'], answer: [message('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'), wait(30), '2\r\nhe\r\n', wait(30), '3\r\nllo\r\n0\r\n\r\n'], early: true, promised: behind([], GOT), alsoSafe: [GOT] },
  { id: 'continue-then-end', about: '100, and an end', request: ASKING, answer: [CONTINUE, wait(10), END], early: true, promised: BAD },
  { id: 'end', about: 'an end instead', request: ASKING, answer: [END], early: true, promised: BAD },
  { id: 'reset', about: 'a reset instead', request: ASKING, answer: [RESET], early: true, promised: BAD },
  { id: 'continue-with-body', about: '100 with a body', request: ASKING, answer: [`${message('HTTP/1.1 100 Continue', 'Content-Length: 5')}hello${HELLO}`, wait(30), END], early: true, promised: BAD },
  { id: 'continue-control', about: '100 with control characters in its reason', request: ASKING, answer: [message('HTTP/1.1 100 Go\0on') + HELLO, wait(30), END], early: true, promised: BAD, alsoSafe: [GOT] },
].map((row) => ({ method: 'POST', ...row }));

/** Field lines that no client should ever see. */
// biome-ignore format: a table of words reads better in rows
const FIELDS: readonly (readonly [id: string, lines: string, alsoSafe?: readonly Delivery[]])[] = [
  ['bare-cr', 'X-A: b\rSet-Cookie: c=d'], ['bare-lf', 'X-A: b\nSet-Cookie: c=d', [GOT]], ['nul', 'X-A: b\0c'], ['control', 'X-A: b\x01c', [GOT]],
  ['delete', 'X-A: b\x7fc', [GOT]], ['folded', 'X-A: b\r\n c', [GOT]], ['no-colon', 'X-A b', [GOT]], ['no-name', ': b', [GOT]],
  ['space-before-colon', 'X-A : b', [GOT]], ['name-with-space', 'X A: b', [GOT]], ['name-with-nul', 'X\0A: b', [GOT]], ['name-with-obs-text', 'X\xe9: b', [GOT]],
  ['leading-space', ' X-A: b', [GOT]], ['status-line-inside', 'HTTP/1.1 200 OK', [GOT]],
];

// biome-ignore format: one row a line
const fields: readonly AnswerRow[] = [
  ...FIELDS.map(([id, lines, alsoSafe]) => ({
    id,
    about: JSON.stringify(lines),
    answer: [ok('hello', lines, 'Content-Length: 5'), wait(50), END],
    promised: BAD,
    alsoSafe: alsoSafe ?? [],
  })),
  { id: 'too-long', about: 'a value of 300,000 bytes', answer: ok('hello', `X-A: ${'b'.repeat(300_000)}`, 'Content-Length: 5'), promised: BAD },
  { id: 'endless', about: 'fields of 800 kB without an end', answer: `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(100_000)}`, promised: BAD },
  { id: 'too-many', about: '20,000 fields', answer: ok('hello', `${'X-A: b\r\n'.repeat(20_000)}Content-Length: 5`), promised: BAD },
  { id: 'set-cookie', about: 'two Set-Cookie lines stay two', rfc: '9110 5.3', answer: ok('hello', 'Set-Cookie: a=b', 'Set-Cookie: c=d', 'Content-Length: 5'), promised: delivered(200, 'hello', { 'set-cookie': 'a=b, c=d' }), mayReuse: true },
  { id: 'end-to-end', about: 'fields that are none of its business', answer: ok('hello', 'ETag: "x"', 'Server: y', 'X-Unknown: z', 'Content-Length: 5'), promised: delivered(200, 'hello', { etag: '"x"', 'x-unknown': 'z' }), mayReuse: true },
  { id: 'date-kept', about: 'a Date stays as it is', rfc: '9110 6.6.1', answer: ok('hello', 'Date: Tue, 15 Nov 1994 08:12:31 GMT', 'Content-Length: 5'), promised: delivered(200, 'hello', { date: 'Tue, 15 Nov 1994 08:12:31 GMT' }), mayReuse: true },
  { id: 'date-added', about: 'an answer without a Date gets one', rfc: '9110 6.6.1', answer: HELLO, promised: delivered(200, 'hello', { date: /GMT$/ }), mayReuse: true },
  { id: 'via-kept', about: 'a Via stays', rfc: '9110 7.6.3', answer: ok('hello', 'Via: 1.1 x', 'Content-Length: 5'), promised: delivered(200, 'hello', { via: '1.1 x' }), mayReuse: true },
  { id: 'obs-text', about: 'bytes above 127', answer: ok('hello', 'X-A: \xc3\xa9\xff', 'Content-Length: 5'), promised: delivered(200, 'hello', { 'x-a': '\xc3\xa9\xff' }), mayReuse: true },
  { id: 'hop-by-hop', about: 'what belongs to the connection ends here', rfc: '9110 7.6.1', answer: ok('hello', 'Connection: X-A', 'X-A: b', 'Keep-Alive: timeout=77', 'Proxy-Connection: keep-alive', 'Upgrade: h2c', 'Content-Length: 5'), promised: delivered(200, 'hello', { 'x-a': null, 'proxy-connection': null, upgrade: null }), mayReuse: true },
  { id: 'connection-names-length', about: 'Connection names Content-Length', answer: ok('hello', 'Connection: Content-Length', 'Content-Length: 5'), promised: [GOT, BAD_GATEWAY], mayReuse: true },
  { id: 'close', about: 'a replica that closes', rfc: '9112 9.6', answer: ok('hello', 'Connection: close', 'Content-Length: 5'), promised: GOT },
  { id: 'close-upper-case', about: 'a replica that CLOSES', rfc: '9112 9.6', answer: ok('hello', 'Connection: CLOSE', 'Content-Length: 5'), promised: GOT },
];

// biome-ignore format: one row a line
const connections: readonly AnswerRow[] = [
  { id: 'end-at-once', about: 'an end instead of an answer', answer: [END], promised: BAD },
  { id: 'reset-at-once', about: 'a reset instead of an answer', answer: [RESET], promised: BAD },
  { id: 'end-in-line', about: 'an end inside the status line', answer: ['HTTP/1.1 20', wait(10), END], promised: BAD },
  { id: 'end-in-fields', about: 'an end inside the fields', answer: ['HTTP/1.1 200 OK\r\nX-A', wait(10), END], promised: BAD },
  { id: 'end-before-empty-line', about: 'an end ahead of the empty line', answer: ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n', wait(10), END], promised: BAD },
  { id: 'never', about: 'no answer at all', rfc: '9110 15.6.5', answer: [], promised: [{ kind: 'failed', status: [504] }], alsoSafe: [BAD_GATEWAY] },
  { id: 'head-never-ends', about: 'a header section that stops', answer: ['HTTP/1.1 200 OK\r\nX-A: b\r\n'], promised: [{ kind: 'failed', status: [502, 504] }] },
  { id: 'bytes', about: 'an answer byte by byte', answer: inPieces(HELLO, 1, 1), promised: GOT, mayReuse: true },
  { id: 'chunked-bytes', about: 'chunks byte by byte', answer: inPieces(ok('5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n', 'Transfer-Encoding: chunked'), 1, 1), promised: GOT, mayReuse: true },
  { id: 'junk-later', about: 'junk on an idle connection', answer: [HELLO, wait(10), 'junk'], promised: GOT },
  { id: 'poison-later', about: 'an answer to nobody on an idle connection', answer: [HELLO, wait(10), POISON], promised: GOT },
  { id: 'crlf-later', about: 'an empty line on an idle connection', answer: [HELLO, wait(10), '\r\n'], promised: GOT },
  { id: 'end-later', about: 'the end of an idle connection', answer: [HELLO, wait(5), END], promised: GOT },
  { id: 'reset-later', about: 'the reset of an idle connection', answer: [HELLO, wait(5), RESET], promised: GOT },
  { id: 'early', about: 'an answer ahead of the body', rfc: '9112 9.3', method: 'POST', request: [`${message('POST /t HTTP/1.1', HOST, 'Content-Length: 5')}hel`, wait(50), 'lo'], answer: [`${message('HTTP/1.1 413 Too Large', 'Content-Length: 5', 'Connection: close')}hello`, wait(20), END], early: true, promised: [delivered(413, 'hello')], alsoSafe: [BAD_GATEWAY] },
  { id: 'early-kept', about: 'an answer ahead of the body, by a replica that waits for the rest', rfc: '9112 9.3', method: 'POST', request: `${message('POST /t HTTP/1.1', HOST, 'Content-Length: 5')}hel`, answer: `${message('HTTP/1.1 413 Too Large', 'Content-Length: 5')}hello`, early: true, promised: [delivered(413, 'hello', { connection: 'close' })], alsoSafe: [delivered(413, 'hello'), BAD_GATEWAY] },
];

const SWITCH = message('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket');
const WEBSOCKET = message(
  'GET /t HTTP/1.1',
  HOST,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
);

// biome-ignore format: one row a line
const upgrades: readonly AnswerRow[] = [
  { id: 'websocket', about: 'a websocket that the replica accepts, and what the client says in it', request: [WEBSOCKET, wait(60), 'ping'], answer: SWITCH, promised: switched('ping') },
  { id: 'websocket-greeting', about: 'a replica that speaks first', request: WEBSOCKET, answer: `${SWITCH}hello`, promised: switched('hello') },
  { id: 'websocket-in-haste', about: 'a client that does not wait for the 101', request: `${WEBSOCKET}ping`, answer: [SWITCH], promised: [switched('ping'), CUT, { kind: 'failed', status: [400, 502] }] },
  { id: 'websocket-ended', about: 'a replica that ends it', request: WEBSOCKET, answer: [SWITCH, 'bye', wait(10), END], promised: switched('bye') },
  { id: 'websocket-declined', about: 'a replica that declines', request: WEBSOCKET, answer: `${message('HTTP/1.1 426 Upgrade Required', 'Content-Length: 2')}no`, promised: delivered(426, 'no'), mayReuse: true },
  { id: 'websocket-other', about: 'a replica that switches to something else', request: WEBSOCKET, answer: [message('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: h2c'), wait(30), END], promised: [BAD_GATEWAY, CUT, switched('')] },
];

/** Everything a replica may try. */
export const ANSWER_CASES: readonly AnswerCase[] = [
  ...answerFamily('answer-line', '9112 4', statusLines),
  ...answerFamily('answer-framing', '9112 6.3', framings),
  ...answerFamily('answer-body', '9112 6.3', bodies),
  ...answerFamily('answer-chunks', '9112 7.1', chunks),
  ...answerFamily('answer-bodiless', '9112 6.3', bodiless),
  ...answerFamily('answer-interim', '9110 15.2', interim),
  ...answerFamily('answer-expect', '9110 10.1.1', expecting),
  ...answerFamily('answer-fields', '9110 5.5', fields),
  ...answerFamily('answer-upgrade', '9110 7.8', upgrades),
  ...answerFamily('answer-connection', '9112 9', connections),
];
