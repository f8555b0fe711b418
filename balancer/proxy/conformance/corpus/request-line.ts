import {
  answered,
  dropped,
  family,
  forwarded,
  HOST,
  message,
  type Outcome,
  type RequestCase,
  type Row,
  refused,
  SMUGGLED,
  sent,
} from '../case.ts';
import { END } from '../steps.ts';

const GOT = forwarded(sent('GET', '/t'));
const BAD = refused(400);

/** A request with this request line and nothing wrong below it. */
function under(line: string): string {
  return message(line, HOST);
}

/** Request lines that are no request lines. */
const BROKEN: readonly (readonly [id: string, line: string, alsoSafe?: Outcome])[] = [
  ['two-spaces-first', 'GET  /t HTTP/1.1', GOT],
  ['two-spaces-second', 'GET /t  HTTP/1.1', GOT],
  ['tab-first', 'GET\t/t HTTP/1.1'],
  ['tab-second', 'GET /t\tHTTP/1.1'],
  ['vertical-tab', 'GET\x0b/t\x0bHTTP/1.1'],
  ['leading-space', ' GET /t HTTP/1.1'],
  ['leading-tab', '\tGET /t HTTP/1.1'],
  ['leading-nul', '\0GET /t HTTP/1.1'],
  ['trailing-space', 'GET /t HTTP/1.1 ', GOT],
  ['trailing-tab', 'GET /t HTTP/1.1\t', GOT],
  ['trailing-word', 'GET /t HTTP/1.1 x'],
  ['trailing-nul', 'GET /t HTTP/1.1\0'],
  ['trailing-bare-cr', 'GET /t HTTP/1.1\r'],
  ['bare-cr-inside', 'GET /t\r HTTP/1.1'],
  ['bare-cr-for-space', 'GET\r/t HTTP/1.1'],
  ['second-version', 'GET /t HTTP/1.1 HTTP/1.1'],
  ['no-version', 'GET /t'],
  ['no-version-space', 'GET /t '],
  ['no-target', 'GET HTTP/1.1'],
  ['no-target-spaces', 'GET  HTTP/1.1'],
  ['no-method', '/t HTTP/1.1'],
  ['no-method-space', ' /t HTTP/1.1'],
  ['no-spaces', 'GET/tHTTP/1.1'],
  ['only-a-word', 'hello'],
  ['only-a-colon', ':'],
  ['status-line', 'HTTP/1.1 200 OK'],
  ['field-line', 'X-A: b'],
  ['lf-in-target', 'GET /t\n HTTP/1.1'],
];

/** Versions other than 1.0 and 1.1. */
// biome-ignore format: a table of words reads better in rows
const VERSIONS: readonly string[] = [
  'HTTP/0.9', 'HTTP/2.0', 'HTTP/2', 'HTTP/3.0', 'HTTP/9.9', 'HTTP/1', 'HTTP/1.', 'HTTP/.1', 'HTTP/1.1.1', 'HTTP/01.1', 'HTTP/1.01',
  'HTTP/1.10', 'HTTP/11', 'HTTP/1,1', 'HTTP/+1.1', 'HTTP/1.1a', 'HTTP/-1.1', 'HTTP/1.x', 'HTTP/ 1.1', 'HTTP /1.1', 'http/1.1',
  'Http/1.1', 'HTTPS/1.1', 'ICY/1.1', 'HTTP//1.1', 'HTTP\\1.1', 'RTSP/1.0', 'TTP/1.1', 'HHTTP/1.1', 'HTTP/1\x001',
];

/** Methods that are no tokens. */
// biome-ignore format: a table of words reads better in rows
const NO_TOKENS: readonly (readonly [id: string, method: string])[] = [
  ['at-sign', 'G@T'], ['brackets', '(GET)'], ['comma', 'GET,POST'], ['colon', 'GET:'], ['slash', 'GE/T'], ['quote', '"GET"'],
  ['equals', 'GET=1'], ['question-mark', 'GET?'], ['nul', 'GE\0T'], ['delete', 'GET\x7f'], ['obs-text', 'G\xc9T'], ['brace', '{GET}'],
  ['backslash', 'GET\\'], ['less-than', '<GET>'], ['bell', 'GET\x07'],
];

/** Methods that are tokens, but not everybody's. A method is case-sensitive: `get` must never become GET. */
const METHODS: readonly string[] = [
  'get',
  'Get',
  'FOO',
  'M-SEARCH',
  'PATCH',
  'PROPFIND',
  'REPORT',
  'X'.repeat(30),
  "!#$%&'*+-.^_`|~",
];

/** Bytes that no request-target may hold. */
// biome-ignore format: a table of words reads better in rows
const IN_TARGET: readonly (readonly [id: string, target: string])[] = [
  ['nul', '/t\0'], ['bell', '/t\x07'], ['escape', '/t\x1b'], ['delete', '/t\x7f'], ['vertical-tab', '/t\x0b'], ['form-feed', '/t\x0c'],
  ['space', '/t x'], ['tab', '/t\tx'], ['fragment', '/t#part'],
];

/** What RFC 3986 leaves out of a URI but harms nobody in transit: unchanged, or refused. */
// biome-ignore format: a table of words reads better in rows
const ODD_TARGETS: readonly (readonly [id: string, target: string])[] = [
  ['quote', '/t"'], ['angles', '/<t>'], ['braces', '/{t}'], ['pipe', '/t|x'], ['caret', '/t^x'], ['backtick', '/t`x'], ['backslash', '/t\\x'],
  ['percent-alone', '/t%'], ['percent-not-hex', '/t%zz'], ['percent-nul', '/t%00'], ['percent-crlf', '/t%0d%0aX:%20y'], ['utf-8', '/t\xc3\xa9'],
  ['dot-segments', '/a/../t'], ['dots-above-root', '/../../t'], ['two-slashes', '//t'], ['slashes-inside', '/a//t'], ['encoded-slash', '/a%2ft'],
  ['query', '/t?a=b&c=d'], ['empty-query', '/t?'], ['two-questions', '/t?a?b'], ['semicolon', '/t;a=b'], ['brackets', '/t?a[]=b'],
  ['url-in-path', '/http://b.example/'], ['at-sign', '/@b.example'], ['colon', '/t:80'], ['version-in-query', '/t?HTTP/1.1'],
];

/** Targets in no form that a GET may have. */
// biome-ignore format: a table of words reads better in rows
const FORMLESS: readonly (readonly [id: string, target: string])[] = [
  ['no-slash', 't'], ['query-only', '?a=b'], ['asterisk', '*'], ['asterisk-path', '*/t'], ['authority', 'a.example:80'], ['dot', '.'],
  ['backslash', '\\t'], ['encoded-slash', '%2ft'], ['at-sign', '@a.example/'], ['colon', ':80/'], ['host-path', 'a.example/t'],
];

// biome-ignore format: one row a line
const lines: readonly Row[] = [
  ...BROKEN.map(([id, line, alsoSafe]) => ({
    id,
    about: JSON.stringify(line),
    steps: under(line),
    promised: BAD,
    ...(alsoSafe === undefined ? {} : { alsoSafe }),
  })),
  { id: 'lf-only', about: 'lines that end in LF alone', rfc: '9112 2.2', steps: 'GET /t HTTP/1.1\nHost: a.example\n\n', promised: BAD, alsoSafe: GOT },
  { id: 'lf-once', about: 'a request line that ends in LF alone', rfc: '9112 2.2', steps: `GET /t HTTP/1.1\n${HOST}\r\n\r\n`, promised: BAD, alsoSafe: GOT },
  { id: 'crcrlf', about: 'a request line that ends in CR CR LF', rfc: '9112 2.2', steps: `GET /t HTTP/1.1\r\r\n${HOST}\r\n\r\n`, promised: BAD },
  { id: 'lf-ahead', about: 'a LF ahead of the request', steps: `\n${under('GET /t HTTP/1.1')}`, promised: BAD, alsoSafe: GOT },
  { id: 'cr-ahead', about: 'a CR ahead of the request', steps: `\r${under('GET /t HTTP/1.1')}`, promised: BAD },
  { id: 'crlf-ahead', about: 'an empty line ahead of the request', rfc: '9112 2.2', steps: `\r\n${under('GET /t HTTP/1.1')}`, promised: [GOT, BAD] },
  { id: 'http-09', about: 'HTTP/0.9', steps: ['GET /t\r\n', END], promised: [BAD, dropped()] },
  { id: 'http-09-lf', about: 'HTTP/0.9 with LF', steps: ['GET /t\n', END], promised: [BAD, dropped()] },
  { id: 'tls-hello', about: 'a TLS client', steps: ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', END], promised: [BAD, dropped()] },
  { id: 'proxy-protocol', about: 'a PROXY line that nobody asked for', steps: `PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n${SMUGGLED}`, promised: BAD },
  { id: 'h2-preface', about: 'what only begins like the preface of HTTP/2', rfc: '9113 3.4', steps: ['PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n\0\0\0\x04\0\0\0\0\0', END], promised: [refused(400, 505), dropped(), answered(101)] },
  { id: 'binary', about: 'all bytes there are', steps: [String.fromCharCode(...Array(256).keys()), END], promised: [BAD, dropped()] },
  { id: 'only-crlf', about: 'nothing but empty lines', steps: ['\r\n'.repeat(100), END], promised: [dropped(), refused(400)] },
  { id: 'nothing', about: 'a client that ends without a word', steps: [END], promised: [dropped(), refused(400, 408)] },
];

// biome-ignore format: one row a line
const versions: readonly Row[] = [
  ...VERSIONS.map((version) => ({
    id: version.replace(/[^\w.]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
    about: JSON.stringify(version),
    steps: under(`GET /t ${version}`),
    promised: refused(400, 505),
  })),
  { id: '1.2', about: 'a minor version that is still to come', rfc: '9110 2.5', steps: under('GET /t HTTP/1.2'), promised: [GOT, refused(400, 505)] },
  { id: '1.0', about: 'HTTP/1.0', steps: under('GET /t HTTP/1.0'), promised: GOT },
];

// biome-ignore format: one row a line
const methods: readonly Row[] = [
  ...NO_TOKENS.map(([id, method]) => ({ id, about: JSON.stringify(method), steps: under(`${method} /t HTTP/1.1`), promised: BAD })),
  ...METHODS.map((method) => ({
    id: /^[\w-]+$/.test(method) ? method.slice(0, 9) : 'all-token-characters',
    about: `${method} is a method of its own`,
    steps: under(`${method} /t HTTP/1.1`),
    promised: [forwarded(sent(method, '/t')), refused(400, 405, 501)],
  })),
  { id: 'long', about: 'a method of 10,000 letters', steps: under(`${'X'.repeat(10_000)} /t HTTP/1.1`), promised: refused(400, 414, 431, 501) },
  { id: 'connect', about: 'CONNECT', rfc: '9110 9.3.6', steps: `${message('CONNECT a.example:443 HTTP/1.1', 'Host: a.example:443')}${SMUGGLED}`, promised: refused(400, 405, 501) },
  { id: 'connect-path', about: 'CONNECT with a path', rfc: '9112 3.2.3', steps: `${under('CONNECT /t HTTP/1.1')}${SMUGGLED}`, promised: refused(400, 405, 501) },
  { id: 'connect-with-body', about: 'CONNECT with a body', rfc: '9110 9.3.6', steps: `${message('CONNECT a.example:443 HTTP/1.1', 'Host: a.example:443', 'Content-Length: 5')}hello`, promised: refused(400, 405, 501) },
  { id: 'pri', about: 'PRI in HTTP/1.1', rfc: '9113 3.4', steps: under('PRI * HTTP/1.1'), promised: refused(400, 405, 501) },
];

// biome-ignore format: one row a line
const targets: readonly Row[] = [
  ...IN_TARGET.map(([id, target]) => ({ id, about: JSON.stringify(target), steps: under(`GET ${target} HTTP/1.1`), promised: BAD })),
  ...FORMLESS.map(([id, target]) => ({ id: `form-${id}`, about: JSON.stringify(target), steps: under(`GET ${target} HTTP/1.1`), promised: BAD })),
  ...ODD_TARGETS.map(([id, target]) => ({
    id: `odd-${id}`,
    about: JSON.stringify(target),
    steps: under(`GET ${target} HTTP/1.1`),
    promised: [forwarded(sent('GET', target)), BAD],
  })),
  { id: 'options-asterisk', about: 'OPTIONS *', rfc: '9112 3.2.4', steps: under('OPTIONS * HTTP/1.1'), promised: [forwarded(sent('OPTIONS', '*')), answered(200, 204), refused(400, 405, 501)] },
  { id: 'long', about: 'a target of 60,000 bytes', rfc: '9110 4.1', steps: under(`GET /${'x'.repeat(60_000)} HTTP/1.1`), promised: refused(414, 431) },
  { id: 'very-long', about: 'a target of 1 MB', rfc: '9110 15.5.15', steps: under(`GET /${'x'.repeat(1_000_000)} HTTP/1.1`), promised: [refused(414, 431), dropped()] },
  { id: 'endless', about: 'a target that never ends', rfc: '9110 15.5.15', steps: `GET /${'x'.repeat(1_000_000)}`, promised: [refused(400, 414, 431), dropped()] },
  { id: 'eight-thousand', about: 'a target of 7,900 bytes, which has to pass', rfc: '9112 3', steps: under(`GET /${'x'.repeat(7899)} HTTP/1.1`), promised: forwarded(sent('GET', `/${'x'.repeat(7899)}`)) },
];

export const REQUEST_LINE_CASES: readonly RequestCase[] = [
  ...family('line', '9112 3', lines),
  ...family('version', '9110 2.5', versions),
  ...family('method', '9110 9.1', methods),
  ...family('target', '9112 3.2', targets),
];
