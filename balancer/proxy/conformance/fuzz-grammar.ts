import { HOST, message } from './case.ts';
import type { Random } from './random.ts';

const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const TARGETS = ['/', '/a', '/a/b?c=d', '/a%20b', '//x', '/?', "/~!$&'()*+,;=:@", '/a/../b', '/http://c.example/'];
const FIELDS = [
  'Accept: */*',
  'Cookie: a=b; c=d',
  'X-A: 1',
  'X-A: 2',
  'x-b:3',
  'X-C: \t 4 \t',
  'X-D:',
  'X-E: \xc3\xa9',
  'X-F: GET / HTTP/1.1',
  'X-Forwarded-For: 10.0.0.1',
  'X-Forwarded-Host: evil.example',
  'Authorization: Basic eA==',
  'Connection: keep-alive',
  'Connection: X-A',
  'Connection: x-general',
  'Connection: x-general',
  'Keep-Alive: timeout=5',
  'TE: trailers',
  'Content-Type: text/plain',
  'User-Agent: fuzz',
  'Via: 1.0 fred',
  'Range: bytes=0-1',
  'Expect: 100-continue',
  'expect:100-Continue',
];
const EXTENSIONS = ['', '', '', ';a', ';a=b', ';a="b;c"'];
const TRAILERS = ['', '', '', 'X-T: 1\r\n', 'X-T: 1\r\nX-U: 2\r\n'];
/** Bodies. */
export const DATA = [
  '',
  'x',
  'hello',
  '0\r\n\r\n',
  'GET /smuggled HTTP/1.1\r\nHost: a.example\r\n\r\n',
  '\0\r\n\xff',
  'y'.repeat(3000),
];

/** A valid request, in one of the many ways RFC 9112 knows to say it. */
export function anyRequest(random: Random): string {
  const method = random.pick(METHODS);
  const lines = [HOST, ...Array.from({ length: random.below(5) }, () => random.pick(FIELDS))];
  const isBodiless = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 0.95 : 0.2;
  const framing = random.chance(isBodiless) ? 'none' : random.pick(['length', 'chunked'] as const);
  const { line, body } = anyBody(random, framing);
  if (line !== '') lines.splice(random.below(lines.length + 1), 0, line);
  return message(`${method} ${random.pick(TARGETS)} HTTP/1.1`, ...lines) + body;
}

/** A valid answer to a request with this method. */
export function anyAnswer(random: Random, method: string): string {
  const status = random.pick(['200 OK', '200 OK', '404 Not Found', '204 No Content', '304 Not Modified', '299 ']);
  const isBodiless = method === 'HEAD' || status.startsWith('204') || status.startsWith('304');
  const framing = status.startsWith('204') ? 'none' : random.pick(['length', 'chunked'] as const);
  const { line, body } = anyBody(random, framing);
  const fields = Array.from({ length: random.below(4) }, () => random.pick(FIELDS.slice(0, 9)));
  const interim = random.chance(0.1) ? message('HTTP/1.1 103 Early Hints', 'Link: </a>') : '';
  const lines = line === '' ? fields : [...fields, line];
  return interim + message(`HTTP/1.1 ${status}`, ...lines) + (isBodiless ? '' : body);
}

function anyBody(
  random: Random,
  framing: 'none' | 'length' | 'chunked',
): { readonly line: string; readonly body: string } {
  if (framing === 'none') return { line: '', body: '' };
  const data = random.pick(DATA);
  if (framing === 'length') return { line: `Content-Length: ${data.length}`, body: data };
  const pieces = random.chance(0.5) ? [data] : [data.slice(0, 2), data.slice(2)];
  const chunks = pieces.filter((piece) => piece !== '').map((piece) => chunk(random, piece));
  const last = `${'0'.repeat(1 + random.below(2))}${random.pick(EXTENSIONS)}\r\n${random.pick(TRAILERS)}\r\n`;
  return { line: 'Transfer-Encoding: chunked', body: chunks.join('') + last };
}

function chunk(random: Random, data: string): string {
  const size = random.chance(0.5) ? data.length.toString(16) : data.length.toString(16).toUpperCase().padStart(4, '0');
  return `${size}${random.pick(EXTENSIONS)}\r\n${data}\r\n`;
}

/** What parsers trip over. */
const BYTES = [
  ...'\0\r\n\t\x0b\x0c\x7f\x80\x85\xa0\xff :;,+-_."\'()0159afxX#?/\\',
  '\r\n',
  '\r\n\r\n',
  '\n\n',
  '\r\r\n',
  '\r\n ',
];
const LINES = [
  'Content-Length: 5',
  'Content-Length: 0',
  'Content-Length: 3',
  'Content-Length : 5',
  'Content-Length: 5, 5',
  'Content-Length: +5',
  'Content-Length: 5\xa0',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding : chunked',
  'Transfer-Encoding: identity',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: chunked, chunked',
  ' Transfer-Encoding: chunked',
  'Transfer-Encoding:\r\n chunked',
  'Transfer-Encoding: \x0bchunked',
  'Host: b.example',
  'Connection: close',
  'Connection: Content-Length',
  'Connection: Host, close',
  'Expect: 100-continue',
  'Expect: 100-continue, x',
  'Expect:',
  'Upgrade: websocket\r\nConnection: Upgrade',
  'Max-Forwards: 0',
  'X: y\rZ: w',
  'X: y\nZ: w',
];

/** One change to the bytes, small or not so small. */
export function mutate(random: Random, bytes: string): string {
  const at = random.below(bytes.length + 1);
  const until = Math.min(bytes.length, at + 1 + random.below(random.chance(0.8) ? 3 : 60));
  switch (random.below(9)) {
    case 0:
      return bytes.slice(0, at) + random.pick(BYTES) + bytes.slice(at);
    case 1:
      return bytes.slice(0, at) + bytes.slice(until);
    case 2:
      return bytes.slice(0, until) + bytes.slice(at);
    case 3:
      return bytes.slice(0, at) + random.pick(BYTES) + bytes.slice(at + 1);
    case 4:
      return replaceOne(
        random,
        bytes,
        '\r\n',
        random.pick(['\n', '\r', '\r\r\n', '\r\n ', '\r\n\t', '\n\r', '\0\r\n', ' \r\n']),
      );
    case 5:
      return replaceOne(
        random,
        bytes,
        ': ',
        random.pick([' : ', ':', '\t: ', ':\t', ': \x0b', ';: ', '', ':\r\n ', ': \xa0']),
      );
    case 6:
      return replaceOne(random, bytes, ' ', random.pick(['  ', '\t', '\x0b', '', '\xa0', '\r']));
    default:
      return replaceOne(random, bytes, '\r\n', `\r\n${random.pick(LINES)}\r\n`);
  }
}

/** Replaces one of the places where `what` occurs. */
function replaceOne(random: Random, bytes: string, what: string, by: string): string {
  const pieces = bytes.split(what);
  if (pieces.length < 2) return bytes;
  const before = 1 + random.below(pieces.length - 1);
  return pieces.slice(0, before).join(what) + by + pieces.slice(before).join(what);
}
