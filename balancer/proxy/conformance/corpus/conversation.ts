import {
  after,
  dropped,
  family,
  forwarded,
  HOST,
  message,
  midway,
  type RequestCase,
  type Row,
  refused,
  SMUGGLED,
  sent,
} from '../case.ts';
import { END, inPieces, RESET, wait } from '../steps.ts';

const get = (target: string, ...lines: readonly string[]) => message(`GET ${target} HTTP/1.1`, HOST, ...lines);
const post = (target: string, body: string) =>
  message(`POST ${target} HTTP/1.1`, HOST, `Content-Length: ${body.length}`) + body;
const chunked = (target: string, body: string) =>
  `${message(`PUT ${target} HTTP/1.1`, HOST, 'Transfer-Encoding: chunked')}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

const FIRST = sent('GET', '/1');
const SECOND = sent('GET', '/2');
const TEN = Array.from({ length: 10 }, (_, i) => `/${i}`);

// biome-ignore format: one row a line
const pipelined: readonly Row[] = [
  { id: 'two', about: 'two GETs in one write', steps: get('/1') + get('/2'), promised: forwarded(FIRST, SECOND) },
  { id: 'ten', about: 'ten GETs in one write', steps: TEN.map((target) => get(target)).join(''), promised: forwarded(...TEN.map((target) => sent('GET', target))) },
  { id: 'two-writes', about: 'two GETs in two writes', steps: [get('/1'), get('/2')], promised: forwarded(FIRST, SECOND) },
  { id: 'second-in-halves', about: 'the second GET cut in the middle', steps: [get('/1') + get('/2').slice(0, 20), wait(20), get('/2').slice(20)], promised: forwarded(FIRST, SECOND) },
  { id: 'mixed', about: 'GET, POST, HEAD, PUT, DELETE, GET', steps: get('/1') + post('/2', 'hello') + message('HEAD /3 HTTP/1.1', HOST) + chunked('/4', 'there') + message('DELETE /5 HTTP/1.1', HOST) + get('/6'), promised: forwarded(FIRST, sent('POST', '/2', { body: 'hello' }), sent('HEAD', '/3'), sent('PUT', '/4', { body: 'there' }), sent('DELETE', '/5'), sent('GET', '/6')) },
  { id: 'post-then-get', about: 'a POST, and a GET behind its last byte', steps: post('/p', SMUGGLED) + get('/2'), promised: forwarded(sent('POST', '/p', { body: SMUGGLED }), SECOND) },
  { id: 'get-then-post', about: 'a GET and a POST', steps: get('/1') + post('/p', 'hello'), promised: forwarded(FIRST, sent('POST', '/p', { body: 'hello' })) },
  { id: 'empty-line-between', about: 'an empty line between two GETs', rfc: '9112 2.2', steps: `${get('/1')}\r\n${get('/2')}`, promised: [forwarded(FIRST, SECOND), after([FIRST], refused(400))] },
  { id: 'empty-line-split', about: 'an empty line ahead of a request, in two reads', rfc: '9112 2.2', steps: ['\r', wait(15), `\n${get('/1')}`], promised: [forwarded(FIRST), refused(400)] },
  { id: 'head-then-get', about: 'HEAD and GET: whose body is it', rfc: '9112 6.3', steps: message('HEAD /1 HTTP/1.1', HOST) + get('/2'), promised: forwarded(sent('HEAD', '/1'), SECOND) },
  { id: 'junk-behind', about: 'a GET and junk', steps: `${get('/1')}junk\r\n\r\n`, promised: after([FIRST], refused(400)) },
  { id: 'junk-in-next-write', about: 'a GET and junk in the next write', steps: [get('/1'), wait(20), 'junk\r\n\r\n'], promised: after([FIRST], refused(400)) },
  { id: 'nul-behind', about: 'a GET and a NUL', steps: [`${get('/1')}\0`, wait(20), END], promised: [after([FIRST], refused(400)), after([FIRST], dropped())] },
  { id: 'bad-second', about: 'a GET and one with two framings', steps: `${get('/1')}${message('POST /2 HTTP/1.1', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${SMUGGLED}`, promised: after([FIRST], refused(400)), alsoSafe: forwarded(FIRST, sent('POST', '/2', { body: '' })) },
  { id: 'bad-first', about: 'one with two Hosts, and a GET', steps: get('/1', 'Host: b.example') + get('/2'), promised: refused(400) },
  { id: 'half-second', about: 'a GET and the beginning of another', steps: [get('/1') + get('/2').slice(0, 25), wait(20), END], promised: [after([FIRST], dropped()), after([FIRST], refused(400, 408))] },
  { id: 'after-close', about: 'what follows Connection: close is not read', rfc: '9112 9.6', steps: get('/1', 'Connection: close') + SMUGGLED, promised: forwarded(FIRST) },
  { id: 'junk-after-close', about: 'junk behind Connection: close takes nothing from the answer', rfc: '9112 9.6', steps: `${get('/1', 'Connection: close')}junk\r\n\r\n`, promised: forwarded(FIRST) },
  { id: 'after-http-10', about: 'what follows an HTTP/1.0 request is not read', rfc: '9112 9.3', steps: message('GET /1 HTTP/1.0', HOST) + SMUGGLED, promised: forwarded(FIRST) },
  { id: 'http-10-kept-alive', about: 'HTTP/1.0 with keep-alive, twice', rfc: '9112 9.3', steps: [message('GET /1 HTTP/1.0', HOST, 'Connection: keep-alive'), wait(40), message('GET /2 HTTP/1.0', HOST)], promised: [forwarded(FIRST, SECOND), after([FIRST], dropped())] },
  { id: 'eighty', about: '80 GETs in one write', steps: Array.from({ length: 80 }, (_, i) => get(`/${i}`)).join(''), promised: forwarded(...Array.from({ length: 80 }, (_, i) => sent('GET', `/${i}`))) },
  { id: 'large-post-then-get', about: 'a POST of 200,000 bytes and a GET', steps: post('/p', 'x'.repeat(200_000)) + get('/2'), promised: forwarded(sent('POST', '/p', { body: 'x'.repeat(200_000) }), SECOND) },
];

// biome-ignore format: one row a line
const again = (count: number, bytes: string) => Array.from({ length: count }, () => bytes).join('');
const CHANGED = ['X-A: b', 'X-A: c', 'X-a: c', 'X-A:c', 'X-A: cc', 'X-A: c'];

// biome-ignore format: one row a line
const repeated: readonly Row[] = [
  { id: 'same', about: 'the same GET five times', steps: again(5, get('/1', 'X-A: b')), promised: forwarded(...Array(5).fill(sent('GET', '/1', { fields: { 'x-a': 'b' } }))) },
  { id: 'same-apart', about: 'the same GET in three writes', steps: [get('/1'), wait(15), get('/1'), wait(15), get('/1')], promised: forwarded(FIRST, FIRST, FIRST) },
  { id: 'changed', about: 'nearly the same GET, one byte changed each time', steps: CHANGED.map((line) => get('/1', line)).join(''), promised: forwarded(...CHANGED.map((line) => sent('GET', '/1', { fields: { 'x-a': line.slice(4).trim() } }))) },
  { id: 'targets', about: 'the same GET but for its target', steps: get('/1') + get('/2') + get('/1') + get('/1') + get('/2'), promised: forwarded(FIRST, SECOND, FIRST, FIRST, SECOND) },
  { id: 'bodies', about: 'the same header section with other bodies', steps: ['hello', 'there', 'hello', 'HELLO'].map((body) => post('/p', body)).join(''), promised: forwarded(...['hello', 'there', 'hello', 'HELLO'].map((body) => sent('POST', '/p', { body }))) },
  { id: 'chunks', about: 'the same header section with other chunks', steps: ['hello', 'hi', 'hello'].map((body) => chunked('/p', body)).join(''), promised: forwarded(...['hello', 'hi', 'hello'].map((body) => sent('PUT', '/p', { body }))) },
  { id: 'lanes', about: 'the same GETs by turns in both lanes', steps: again(3, get('/1') + get('/1', 'Connection: x-general')), promised: forwarded(...Array(6).fill(FIRST)) },
  { id: 'head-and-get', about: 'GET and HEAD by turns', steps: again(3, get('/1') + message('HEAD /1 HTTP/1.1', HOST)), promised: forwarded(...again(3, 'gh').split('').map((one) => (one === 'g' ? FIRST : sent('HEAD', '/1')))) },
  { id: 'then-wrong', about: 'the same GET twice, then with two Hosts', steps: again(2, get('/1')) + get('/1', 'Host: b.example'), promised: after([FIRST, FIRST], refused(400)) },
  { id: 'wrong-framing', about: 'the same POST twice, then with two framings', steps: again(2, post('/p', 'hello')) + message('POST /p HTTP/1.1', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked') + SMUGGLED, promised: after([sent('POST', '/p', { body: 'hello' }), sent('POST', '/p', { body: 'hello' })], refused(400)) },
  { id: 'absolute', about: 'the same absolute-form twice', rfc: '9112 3.2.2', steps: again(2, message('GET http://a.example/1 HTTP/1.1', HOST)), promised: forwarded(FIRST, FIRST) },
  { id: 'close', about: 'the same GET twice, the second asking for the end', steps: get('/1') + get('/1', 'Connection: close') + SMUGGLED, promised: forwarded(FIRST, FIRST) },
];

const halfClosed: readonly Row[] = [
  {
    id: 'after-get',
    about: 'a client that asks and ends its half is answered',
    steps: [get('/1'), END],
    promised: forwarded(FIRST),
    alsoSafe: [dropped(), midway(dropped())],
  },
  {
    id: 'after-two',
    about: 'a client that asks twice and ends its half',
    steps: [get('/1') + get('/2'), END],
    promised: [forwarded(FIRST, SECOND), after([FIRST], dropped())],
  },
  {
    id: 'after-post',
    about: 'a client that posts and ends its half',
    steps: [post('/p', 'hello'), END],
    promised: forwarded(sent('POST', '/p', { body: 'hello' })),
    alsoSafe: dropped(),
  },
  {
    id: 'after-chunked',
    about: 'a client that sends chunks and ends its half',
    steps: [chunked('/p', 'hello'), END],
    promised: forwarded(sent('PUT', '/p', { body: 'hello' })),
    alsoSafe: dropped(),
  },
  {
    id: 'in-line',
    about: 'an end inside the request line',
    steps: ['GET /1 HT', END],
    promised: [dropped(), refused(400, 408)],
  },
  {
    id: 'in-fields',
    about: 'an end inside the fields',
    steps: [`GET /1 HTTP/1.1\r\n${HOST}\r\nX-A: b`, END],
    promised: [dropped(), refused(400, 408)],
  },
  {
    id: 'before-empty-line',
    about: 'an end ahead of the empty line',
    steps: [`GET /1 HTTP/1.1\r\n${HOST}\r\n`, END],
    promised: [dropped(), refused(400, 408)],
  },
  {
    id: 'in-body',
    about: 'an end inside the body',
    steps: [post('/p', 'hello').slice(0, -2), END],
    promised: [midway(dropped()), midway(refused(400, 408))],
  },
  {
    id: 'reset-in-line',
    about: 'a reset inside the request line',
    steps: ['GET /1 HT', wait(10), RESET],
    promised: [dropped()],
  },
  {
    id: 'reset-in-body',
    about: 'a reset inside the body',
    steps: [post('/p', 'hello').slice(0, -2), wait(10), RESET],
    promised: [midway(dropped())],
  },
  {
    id: 'reset-in-chunk',
    about: 'a reset inside a chunk',
    steps: [chunked('/p', 'hello').slice(0, -9), wait(10), RESET],
    promised: [midway(dropped())],
  },
  { id: 'reset-at-once', about: 'a reset without a word', steps: [RESET], promised: [dropped()] },
];

const ONE_FIELD = get('/1', 'X-A: b');

// biome-ignore format: one row a line
const slow: readonly Row[] = [
  { id: 'bytes', about: 'a GET byte by byte', steps: inPieces(ONE_FIELD, 1, 1), promised: forwarded(FIRST) },
  { id: 'post-bytes', about: 'a POST byte by byte', steps: inPieces(post('/p', 'hello'), 1, 1), promised: forwarded(sent('POST', '/p', { body: 'hello' })) },
  { id: 'chunked-bytes', about: 'a chunked PUT byte by byte', steps: inPieces(chunked('/p', 'hello'), 1, 1), promised: forwarded(sent('PUT', '/p', { body: 'hello' })) },
  { id: 'two-framings-bytes', about: 'two framings byte by byte', steps: inPieces(`${message('POST /t HTTP/1.1', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`, 1, 1), promised: refused(400), alsoSafe: forwarded(sent('POST', '/t', { body: '' })) },
  { id: 'two-hosts-bytes', about: 'two Hosts byte by byte', steps: inPieces(get('/1', 'Host: b.example'), 1, 1), promised: refused(400) },
  { id: 'two-gets-threes', about: 'two GETs in threes', steps: inPieces(get('/1') + get('/2'), 3, 1), promised: forwarded(FIRST, SECOND) },
  { id: 'no-end', about: 'a header section that never ends', rfc: '9110 15.5.9', steps: [`GET /1 HTTP/1.1\r\n${HOST}\r\nX-A: b\r\n`], promised: [refused(408), dropped()] },
  { id: 'no-line', about: 'a request line that never ends', rfc: '9110 15.5.9', steps: ['GET /1 HT'], promised: [refused(408), dropped()] },
  { id: 'no-body', about: 'a body that never comes', rfc: '9110 15.5.9', steps: [post('/p', 'hello').slice(0, -5)], promised: [midway(refused(408)), midway(dropped())] },
  { id: 'half-body', about: 'a body that stops half way', rfc: '9110 15.5.9', steps: [post('/p', 'hello').slice(0, -2)], promised: [midway(refused(408)), midway(dropped())] },
  { id: 'half-chunk', about: 'a chunk that stops half way', rfc: '9110 15.5.9', steps: [chunked('/p', 'hello').slice(0, -9)], promised: [midway(refused(408)), midway(dropped())] },
  { id: 'drip', about: 'a field every 100 ms buys no time', rfc: '9110 15.5.9', steps: [`GET /1 HTTP/1.1\r\n${HOST}\r\n`, ...Array.from({ length: 30 }, (_, i) => [wait(100), `X-${i}: b\r\n`]).flat()], promised: [refused(408), dropped()] },
  { id: 'silent', about: 'a client that never says a word', steps: [''], promised: [dropped(), refused(408)] },
];

export const CONVERSATION_CASES: readonly RequestCase[] = [
  ...family('pipelined', '9112 9.3.2', pipelined),
  ...family('repeated', '9112 9.3', repeated),
  ...family('half-closed', '9112 9.5', halfClosed),
  ...family('slow', '9112 9.5', slow),
];
