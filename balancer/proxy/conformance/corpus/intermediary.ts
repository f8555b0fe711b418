import {
  after,
  answered,
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
  SMUGGLED,
  sent,
} from '../case.ts';
import { END, wait } from '../steps.ts';

function get(...lines: readonly string[]): string {
  return message('GET /t HTTP/1.1', HOST, ...lines);
}

/** The GET arrives, with these fields. */
function gets(fields: Readonly<Record<string, string | RegExp | null>>): Outcome {
  return forwarded(sent('GET', '/t', { fields }));
}

const CLIENT = /^127\.0\.0\.1$/;

/** Fields that a client must not be able to take away by naming them in Connection. */
const PROTECTED: readonly (readonly [name: string, line: string, value: string | RegExp])[] = [
  ['X-Forwarded-For', 'X-Forwarded-For: 10.0.0.1', CLIENT],
  ['X-Forwarded-Proto', 'X-Forwarded-Proto: https', 'http'],
  ['X-Forwarded-Host', 'X-Forwarded-Host: evil.example', 'a.example'],
  ['Host', 'X-A: b', 'a.example'],
  ['Cookie', 'Cookie: a=b', 'a=b'],
  ['Authorization', 'Authorization: Basic eA==', 'Basic eA=='],
];

/** Only proxies that clients chose themselves have to act on these. */
const MAY_STAY = new Set(['trailer', 'proxy-authorization']);

/** Fields that end here, whether named in Connection or not (RFC 9110 7.6.1). */
// biome-ignore format: a table of words reads better in rows
const HOP_BY_HOP: readonly string[] = [
  'Keep-Alive: timeout=5', 'Proxy-Connection: keep-alive', 'TE: trailers', 'TE: gzip', 'Upgrade: h2c', 'Trailer: X-A',
  'Proxy-Authorization: Basic eA==',
];

// biome-ignore format: one row a line
const connection: readonly Row[] = [
  ...PROTECTED.map(([name, line, value]) => ({
    id: `protected-${name.toLowerCase()}`,
    about: `Connection names ${name}`,
    steps: get(`Connection: close, ${name}`, line),
    promised: [gets({ [name.toLowerCase()]: value }), refused(400)],
  })),
  {
    id: 'protected-content-length',
    about: 'Connection names Content-Length',
    steps: message('POST /t HTTP/1.1', HOST, 'Connection: Content-Length', `Content-Length: ${SMUGGLED.length}`) + SMUGGLED,
    promised: [forwarded(sent('POST', '/t', { body: SMUGGLED })), refused(400)],
  },
  {
    id: 'protected-transfer-encoding',
    about: 'Connection names Transfer-Encoding',
    steps: `${message('POST /t HTTP/1.1', HOST, 'Connection: Transfer-Encoding', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`,
    promised: [forwarded(sent('POST', '/t', { body: 'hello' })), refused(400)],
  },
  {
    id: 'protected-forwarded',
    about: 'Connection names Forwarded: what arrives is not the client\'s own claim alone',
    steps: get('Connection: Forwarded', 'Forwarded: for=10.0.0.1'),
    promised: [gets({ 'x-forwarded-for': CLIENT }), refused(400)],
  },
  ...HOP_BY_HOP.map((line) => {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    return {
      id: `hop-${line.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
      about: `${line} ends here`,
      steps: get(line),
      promised: [gets({ [name]: null })],
      ...(MAY_STAY.has(name) ? { alsoSafe: gets({}) } : {}),
    };
  }),
  { id: 'named', about: 'fields named in Connection end here', steps: get('Connection: X-A, x-b', 'X-A: 1', 'X-B: 2', 'X-C: 3'), promised: gets({ 'x-a': null, 'x-b': null, 'x-c': '3' }) },
  { id: 'named-on-two-lines', about: 'two Connection lines count as one', steps: get('Connection: X-A', 'Connection: X-B', 'X-A: 1', 'X-B: 2'), promised: gets({ 'x-a': null, 'x-b': null }) },
  { id: 'named-absent', about: 'a name that is not there', steps: get('Connection: X-A', 'X-B: 2'), promised: gets({ 'x-a': null, 'x-b': '2' }) },
  { id: 'named-after', about: 'a field that comes ahead of Connection', steps: get('X-A: 1', 'Connection: X-A'), promised: gets({ 'x-a': null }) },
  { id: 'list-form', about: 'empty members and odd spacing', rfc: '9110 5.6.1', steps: get('Connection: ,, \tX-A ,,X-B,', 'X-A: 1', 'X-B: 2'), promised: [gets({ 'x-a': null, 'x-b': null }), refused(400)] },
  { id: 'itself', about: 'Connection names itself', steps: get('Connection: Connection, X-A', 'X-A: 1'), promised: gets({ 'x-a': null }) },
  { id: 'no-token', about: 'Connection holds no tokens', steps: get('Connection: "close", (x)', 'X-A: 1'), promised: [gets({ 'x-a': '1' }), refused(400)] },
  { id: 'long-list', about: 'Connection names 1,000 fields', steps: get(`Connection: ${Array.from({ length: 1000 }, (_, i) => `X${i}`).join(',')}`, 'X999: 1', 'X-B: 2'), promised: [gets({ x999: null, 'x-b': '2' }), refused(400, 431)] },
  { id: 'close-upper-case', about: 'CLOSE closes', rfc: '9112 9.6', steps: [get('Connection: CLOSE'), SMUGGLED], promised: gets({}) },
  { id: 'te-named', about: 'TE with Connection: TE', rfc: '9110 10.1.4', steps: get('Connection: TE', 'TE: trailers, deflate;q=0.5'), promised: gets({ te: null }), alsoSafe: gets({ te: 'trailers' }) },
];

// biome-ignore format: one row a line
const forwardedBy: readonly Row[] = [
  { id: 'added', about: 'who asks, how and for what is added', steps: get(), promised: gets({ 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'http', 'x-forwarded-host': 'a.example' }), alsoSafe: gets({}) },
  { id: 'replaced', about: 'what an untrusted client claims is replaced', steps: get('X-Forwarded-For: 10.0.0.1', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: evil.example'), promised: gets({ 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'http', 'x-forwarded-host': 'a.example' }) },
  { id: 'replaced-twice', about: 'two lines of claims are replaced', steps: get('X-Forwarded-For: 10.0.0.1', 'X-Forwarded-For: 10.0.0.2', 'x-forwarded-for: 10.0.0.3'), promised: gets({ 'x-forwarded-for': CLIENT }) },
  { id: 'forwarded-dropped', about: 'a Forwarded of an untrusted client goes no further', rfc: '7239 8.1', steps: get('Forwarded: for=10.0.0.1;proto=https'), promised: gets({ forwarded: null }), alsoSafe: gets({}) },
  { id: 'x-real-ip', about: 'X-Real-IP of an untrusted client is no claim we make', rfc: '7239 8.1', steps: get('X-Real-IP: 10.0.0.1'), promised: [gets({ 'x-forwarded-for': CLIENT })] },
  { id: 'split-claim', about: 'a claim with a comma', steps: get('X-Forwarded-For: 10.0.0.1, 127.0.0.1'), promised: gets({ 'x-forwarded-for': CLIENT }) },
];

/** What an intermediary may answer without asking anybody. */
const OWN = answered(200, 204, 400, 405, 501);

// biome-ignore format: one row a line
const hops: readonly Row[] = [
  { id: 'options-zero', about: 'OPTIONS that may go no further', steps: message('OPTIONS /t HTTP/1.1', HOST, 'Max-Forwards: 0'), promised: OWN },
  { id: 'options-zero-close', about: 'OPTIONS that may go no further and asks for the end, and a request behind it', rfc: '9112 9.6', steps: message('OPTIONS /t HTTP/1.1', HOST, 'Connection: close', 'Max-Forwards: 0') + SMUGGLED, promised: refused(200, 204, 400, 405, 501) },
  { id: 'options-five', about: 'OPTIONS with five hops left', steps: message('OPTIONS /t HTTP/1.1', HOST, 'Max-Forwards: 5'), promised: forwarded(sent('OPTIONS', '/t', { fields: { 'max-forwards': '4' } })) },
  { id: 'options-asterisk-zero', about: 'OPTIONS * that may go no further', steps: message('OPTIONS * HTTP/1.1', HOST, 'Max-Forwards: 0'), promised: OWN },
  { id: 'trace-zero', about: 'TRACE that may go no further', steps: message('TRACE /t HTTP/1.1', HOST, 'Max-Forwards: 0'), promised: OWN },
  { id: 'trace-five', about: 'TRACE with five hops left', steps: message('TRACE /t HTTP/1.1', HOST, 'Max-Forwards: 5'), promised: [forwarded(sent('TRACE', '/t', { fields: { 'max-forwards': '4' } })), answered(400, 405, 501)] },
  { id: 'trace-body', about: 'TRACE with a body', rfc: '9110 9.3.8', steps: `${message('TRACE /t HTTP/1.1', HOST, 'Content-Length: 5')}hello`, promised: [refused(400, 405, 501)], alsoSafe: forwarded(sent('TRACE', '/t', { body: 'hello' })) },
  { id: 'get-zero', about: 'Max-Forwards means nothing in a GET', steps: get('Max-Forwards: 0'), promised: gets({}) },
  { id: 'options-word', about: 'Max-Forwards that is no number', steps: message('OPTIONS /t HTTP/1.1', HOST, 'Max-Forwards: many'), promised: [refused(400), forwarded(sent('OPTIONS', '/t'))] },
  { id: 'options-huge', about: 'Max-Forwards beyond all counting', steps: message('OPTIONS /t HTTP/1.1', HOST, `Max-Forwards: ${'9'.repeat(40)}`), promised: [forwarded(sent('OPTIONS', '/t')), refused(400)] },
];

const POST_EXPECTING = message('POST /t HTTP/1.1', HOST, 'Content-Length: 5', 'Expect: 100-continue');
const POSTED = forwarded(sent('POST', '/t', { body: 'hello' }));
/** The POST arrives with the expectation. */
const ASKED = forwarded(sent('POST', '/t', { body: 'hello', fields: { expect: '100-continue' } }));

// biome-ignore format: one row a line
const expectations: readonly Row[] = [
  { id: 'continue-at-once', about: 'a body that does not wait', steps: `${POST_EXPECTING}hello`, promised: POSTED },
  { id: 'continue-later', about: 'a body that comes 50 ms later', steps: [POST_EXPECTING, wait(50), 'hello'], promised: POSTED },
  { id: 'continue-case', about: 'in other letters', steps: `${message('POST /t HTTP/1.1', HOST, 'Content-Length: 5', 'Expect: 100-Continue')}hello`, promised: POSTED },
  { id: 'continue-chunked', about: 'with a chunked body', steps: `${message('POST /t HTTP/1.1', HOST, 'Transfer-Encoding: chunked', 'Expect: 100-continue')}5\r\nhello\r\n0\r\n\r\n`, promised: POSTED },
  { id: 'continue-then-request', about: 'a body and a request behind it', steps: `${POST_EXPECTING}hello${message('GET /next HTTP/1.1', HOST)}`, promised: forwarded(sent('POST', '/t', { body: 'hello' }), sent('GET', '/next')) },
  { id: 'get', about: 'a GET without a body', steps: get('Expect: 100-continue'), promised: gets({}), alsoSafe: refused(417) },
  { id: 'http-10', about: 'HTTP/1.0 expects in vain', steps: `${message('POST /t HTTP/1.0', HOST, 'Content-Length: 5', 'Expect: 100-continue')}hello`, promised: POSTED },
  { id: 'unknown', about: 'an expectation nobody knows', steps: `${message('POST /t HTTP/1.1', HOST, 'Content-Length: 5', 'Expect: the-unexpected')}hello`, promised: [refused(417), answered(417)], alsoSafe: [POSTED, refused(400)] },
  { id: 'unknown-get', about: 'an expectation nobody knows, in a GET', steps: get('Expect: the-unexpected'), promised: [refused(417), answered(417)], alsoSafe: gets({}) },
  { id: 'two', about: 'two expectations', steps: `${message('POST /t HTTP/1.1', HOST, 'Content-Length: 5', 'Expect: 100-continue, x')}hello`, promised: [answered(417), refused(417)], alsoSafe: POSTED },
  { id: 'passed-on', about: 'the expectation goes on to the replica', steps: [POST_EXPECTING, wait(50), 'hello'], promised: ASKED, alsoSafe: POSTED },
  { id: 'passed-on-at-once', about: 'the expectation goes on with a body that does not wait', steps: `${POST_EXPECTING}hello`, promised: ASKED, alsoSafe: POSTED },
  { id: 'passed-on-chunked', about: 'the expectation goes on with a chunked body', steps: `${message('POST /t HTTP/1.1', HOST, 'Transfer-Encoding: chunked', 'Expect: 100-continue')}5\r\nhello\r\n0\r\n\r\n`, promised: ASKED, alsoSafe: POSTED },
  { id: 'http-10-ends-here', about: 'nothing that HTTP/1.0 expects goes on', steps: `${message('POST /t HTTP/1.0', HOST, 'Content-Length: 5', 'Expect: 100-continue')}hello`, promised: forwarded(sent('POST', '/t', { body: 'hello', fields: { expect: null } })), alsoSafe: POSTED },
  { id: 'named-in-connection', about: 'Connection names Expect', steps: `${message('POST /t HTTP/1.1', HOST, 'Connection: Expect', 'Content-Length: 5', 'Expect: 100-continue')}hello`, promised: forwarded(sent('POST', '/t', { body: 'hello', fields: { expect: null } })) },
  { id: 'repeated', about: 'the same expectation twice', steps: `${message('POST /t HTTP/1.1', HOST, 'Content-Length: 5', 'Expect: 100-continue', 'Expect: 100-continue')}hello`, promised: POSTED, alsoSafe: refused(417) },
  { id: 'split-body-then-request', about: 'a body in two parts and a request behind it', steps: [`${POST_EXPECTING}he`, wait(30), `llo${message('GET /next HTTP/1.1', HOST)}`], promised: forwarded(sent('POST', '/t', { body: 'hello' }), sent('GET', '/next')) },
  { id: 'request-in-body', about: 'a body that looks like a request', steps: [message('POST /t HTTP/1.1', HOST, `Content-Length: ${SMUGGLED.length}`, 'Expect: 100-continue'), wait(30), SMUGGLED], promised: forwarded(sent('POST', '/t', { body: SMUGGLED })) },
  { id: 'never-sent', about: 'a client that ends instead of sending its body', steps: [POST_EXPECTING, wait(30), END], promised: [midway(dropped()), midway(refused(400, 408))] },
];

const WEBSOCKET = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];

// biome-ignore format: one row a line
const upgrades: readonly Row[] = [
  { id: 'h2c', about: 'h2c would open a tunnel past every check', rfc: '9110 7.8', steps: get('Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'), promised: [gets({ upgrade: null, 'http2-settings': null }), refused(400, 501)] },
  { id: 'h2c-unnamed', about: 'h2c without Connection', steps: get('Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'), promised: [gets({ upgrade: null }), refused(400, 501)] },
  { id: 'tls', about: 'TLS/1.0', steps: get('Connection: Upgrade', 'Upgrade: TLS/1.0'), promised: [gets({ upgrade: null }), refused(400, 501)] },
  { id: 'unknown', about: 'a protocol nobody knows', steps: get('Connection: Upgrade', 'Upgrade: foo/2'), promised: [gets({ upgrade: null }), refused(400, 501)] },
  { id: 'unknown-then-request', about: 'an unknown protocol and a request behind it', steps: get('Connection: Upgrade', 'Upgrade: foo') + message('GET /next HTTP/1.1', HOST), promised: [forwarded(sent('GET', '/t', { fields: { upgrade: null } }), sent('GET', '/next')), refused(400, 501)] },
  { id: 'websocket-unnamed', about: 'websocket without Connection is none', steps: get('Upgrade: websocket', ...WEBSOCKET), promised: [gets({ upgrade: null }), refused(400, 501)] },
  { id: 'websocket-and-h2c', about: 'websocket and h2c', steps: get('Connection: Upgrade', 'Upgrade: websocket, h2c', ...WEBSOCKET), promised: [gets({}), refused(400, 501)] },
  { id: 'websocket-refused', about: 'a websocket that the replica declines', steps: get('Connection: Upgrade', 'Upgrade: websocket', ...WEBSOCKET), promised: gets({}) },
  { id: 'websocket-post', about: 'a POST with a body cannot be a websocket', steps: `${message('POST /t HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 5')}hello`, promised: [POSTED, refused(400, 501)] },
  { id: 'websocket-chunked-then-request', about: 'a POST with chunks cannot be a websocket, and a request behind it', steps: `${message('POST /t HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n${message('GET /next HTTP/1.1', HOST, 'Connection: x-general')}`, promised: [forwarded(sent('POST', '/t', { body: 'hello' }), sent('GET', '/next')), refused(400, 501)] },
  { id: 'websocket-chunked-then-junk', about: 'a POST with chunks cannot be a websocket, and junk behind it', steps: `${message('POST /t HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n${message('JUNK /next HTTP/1.1', HOST)}`, promised: [after([sent('POST', '/t', { body: 'hello' })], refused(400, 501)), forwarded(sent('POST', '/t', { body: 'hello' }), sent('JUNK', '/next')), refused(400, 501)] },
  { id: 'websocket-http-10', about: 'a websocket in HTTP/1.0', steps: message('GET /t HTTP/1.0', HOST, 'Connection: Upgrade', 'Upgrade: websocket', ...WEBSOCKET), promised: [gets({ upgrade: null }), refused(400)] },
  { id: 'websocket-both-framings', about: 'a websocket with two framings', steps: message('GET /t HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket', ...WEBSOCKET, 'Content-Length: 5', 'Transfer-Encoding: chunked') + SMUGGLED, promised: refused(400) },
  { id: 'websocket-two-hosts', about: 'a websocket with two Hosts', steps: get('Host: b.example', 'Connection: Upgrade', 'Upgrade: websocket', ...WEBSOCKET), promised: refused(400) },
];

// biome-ignore format: one row a line
const via: readonly Row[] = [
  { id: 'kept', about: 'a Via that a client sent is kept', steps: get('Via: 1.0 fred'), promised: gets({ via: /^1\.0 fred/ }) },
  { id: 'added', about: 'our own name in Via', steps: get(), promised: gets({ via: /^1\.1 / }), alsoSafe: gets({ via: null }) },
];

export const INTERMEDIARY_CASES: readonly RequestCase[] = [
  ...family('connection', '9110 7.6.1', connection),
  ...family('forwarded', '7239 4', forwardedBy),
  ...family('max-forwards', '9110 7.6.2', hops),
  ...family('expect', '9110 10.1.1', expectations),
  ...family('upgrade', '9110 7.8', upgrades),
  ...family('via', '9110 7.6.3', via),
];
