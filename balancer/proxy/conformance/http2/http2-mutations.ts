import type { Random } from '../random.ts';
import { type Field, FLAG, type Frame, number, TYPE } from './frames.ts';
import { SMUGGLED } from './http2-case.ts';
import type { Message } from './http2-messages.ts';

/** What parsers of HTTP/1 trip over, and those of HTTP/2. */
const TEXTS = [
  ...'\0\r\n\t\x0b\x7f\x80\xff :;,@#?/\\AZ%|"',
  '\r\n',
  '\r\n\r\n',
  SMUGGLED,
  ' HTTP/1.1',
  '\r\nx-smuggled: 1',
  '\r\ntransfer-encoding: chunked\r\n',
  '\r\ncontent-length: 0\r\n',
];
const ODD_FIELDS: readonly Field[] = [
  ['content-length', '0'],
  ['content-length', '1'],
  ['content-length', '5'],
  ['content-length', '3000'],
  ['content-length', '+5'],
  ['content-length', '5, 5'],
  ['content-length', ''],
  ['transfer-encoding', 'chunked'],
  ['transfer-encoding', ''],
  ['Transfer-Encoding', 'chunked'],
  ['transfer-encoding ', 'chunked'],
  ['connection', 'close'],
  ['connection', 'content-length'],
  ['keep-alive', 'timeout=5'],
  ['proxy-connection', 'keep-alive'],
  ['upgrade', 'websocket'],
  ['upgrade', 'h2c'],
  ['http2-settings', 'AAMAAABkAAQAAP__'],
  ['te', 'gzip'],
  ['te', 'trailers, gzip'],
  ['host', 'b.example'],
  ['host', 'a.example:80'],
  ['host', 'A.example'],
  ['host', ''],
  ['expect', '100-continue'],
  ['expect', 'x'],
  ['max-forwards', '0'],
  ['max-forwards', '5'],
  ['trailer', 'x-t'],
  ['x', SMUGGLED],
  [':path', '/y'],
  [':method', 'POST'],
  [':authority', 'b.example'],
  [':scheme', 'https'],
  [':status', '200'],
  [':protocol', 'websocket'],
  [':', 'x'],
  ['', 'x'],
];
const ODD_VALUES: readonly Field[] = [
  [':method', 'CONNECT'],
  [':method', 'TRACE'],
  [':method', 'get'],
  [':method', 'PRI'],
  [':method', ''],
  [':method', `GET /smuggled HTTP/1.1${SMUGGLED}GET`],
  [':path', '*'],
  [':path', ''],
  [':path', 'x'],
  [':path', 'http://b.example/'],
  [':path', `/ HTTP/1.1${SMUGGLED}`],
  [':path', '/x#y'],
  [':authority', ''],
  [':authority', 'a.example:80'],
  [':authority', 'u@a.example'],
  [':authority', `a.example${SMUGGLED}`],
  [':authority', '[::1]:5'],
  [':scheme', 'https'],
  [':scheme', 'HTTP'],
  [':scheme', 'ftp'],
  [':scheme', `http://a/ HTTP/1.1${SMUGGLED}`],
];

/** One change to what is said. */
export function mutateMessage(random: Random, message: Message): Message {
  const { fields, pieces, trailers } = message;
  switch (random.below(7)) {
    case 1:
      return { ...message, trailers: mutateFields(random, trailers) };
    case 2:
      return { ...message, pieces: [...pieces, random.pick(['', 'x', '0\r\n\r\n', 'hello'])] };
    case 3:
      return { ...message, pieces: pieces.slice(1) };
    default:
      return { ...message, fields: mutateFields(random, fields) };
  }
}

function mutateFields(random: Random, fields: readonly Field[]): Field[] {
  const at = random.below(fields.length + 1);
  const field = fields[at];
  switch (random.below(6)) {
    case 0:
      return fields.toSpliced(at, 1);
    case 1:
      return fields.toSpliced(random.below(fields.length + 1), 0, ...(field === undefined ? [] : [field]));
    case 2: {
      const [name, value] = random.pick(ODD_VALUES);
      return fields.map((one): Field => (one[0] === name ? [name, value] : one));
    }
    case 3:
      return field === undefined ? [...fields] : fields.with(at, misspelt(random, field));
    default:
      return fields.toSpliced(random.chance(0.7) ? fields.length : at, 0, random.pick(ODD_FIELDS));
  }
}

function misspelt(random: Random, [name, value]: Field): Field {
  return random.chance(0.3) ? [inserted(random, name), value] : [name, inserted(random, value)];
}

function inserted(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(TEXTS) + text.slice(at + (random.chance(0.3) ? 1 : 0));
}

const FLAG_BITS = [FLAG.endStream, FLAG.endHeaders, FLAG.padded, FLAG.priority, 0x40];
const TYPES = Object.values(TYPE);

/** One change to the frames. */
export function mutateFrames(random: Random, frames: readonly Frame[]): Frame[] {
  const at = random.below(frames.length);
  const one = frames[at];
  if (one === undefined) return [oddFrame(random, 1)];
  const beside = random.below(frames.length + 1);
  switch (random.below(10)) {
    case 0:
      return frames.toSpliced(at, 1);
    case 1:
      return frames.toSpliced(beside, 0, one);
    case 2:
      return frames.toSpliced(at, 1).toSpliced(beside, 0, one);
    case 3: {
      const bit = random.pick(FLAG_BITS);
      const isSet = Math.floor(one.flags / bit) % 2 === 1;
      return frames.with(at, { ...one, flags: one.flags + (isSet ? -bit : bit) });
    }
    case 4:
      return frames.with(at, { ...one, stream: random.pick([0, 1, 2, 3, 5, 7, one.stream + 2, one.stream + 2 ** 31]) });
    case 5:
      return frames.with(at, { ...one, type: random.pick(TYPES) });
    case 6:
      return frames.with(at, { ...one, payload: mutateBytes(random, one.payload) });
    case 9:
      return givenUp(random, frames);
    default:
      return frames.toSpliced(beside, 0, oddFrame(random, one.stream));
  }
}

/** One of the streams does not end, but is taken back. */
function givenUp(random: Random, frames: readonly Frame[]): Frame[] {
  const ends = frames.flatMap(({ type, flags }, i) => (type <= TYPE.headers && flags % 2 === 1 ? [i] : []));
  const at = random.pick(ends.length === 0 ? [0] : ends);
  const last = frames[at];
  if (last === undefined) return [];
  const reset = { type: TYPE.reset, flags: 0, stream: last.stream, payload: number(random.pick([0, 8]), 4) };
  const behind = at + 1 + random.below(frames.length - at);
  return frames.with(at, { ...last, flags: last.flags - (last.flags % 2) }).toSpliced(behind, 0, reset);
}

function oddFrame(random: Random, stream: number): Frame {
  return random.pick<Frame>([
    { type: TYPE.reset, flags: 0, stream, payload: number(random.pick([0, 1, 5, 7, 8, 11, 999]), 4) },
    { type: TYPE.reset, flags: 0, stream, payload: number(8, 4) },
    { type: TYPE.goaway, flags: 0, stream: 0, payload: number(random.pick([0, 1, 2 ** 31 - 1]), 4) + number(0, 4) },
    { type: TYPE.goaway, flags: 0, stream: 0, payload: `${number(0, 4)}${number(random.pick([0, 1, 11]), 4)}bye` },
    { type: TYPE.windowUpdate, flags: 0, stream: 0, payload: number(random.pick([0, 1, 2 ** 31 - 1]), 4) },
    { type: TYPE.windowUpdate, flags: 0, stream, payload: number(random.pick([0, 2 ** 31, 2 ** 31 - 1]), 4) },
    { type: TYPE.settings, flags: 0, stream: 0, payload: oddSettings(random) },
    { type: TYPE.settings, flags: FLAG.ack, stream: 0, payload: '' },
    { type: TYPE.ping, flags: random.below(2), stream: 0, payload: '12345678' },
    { type: TYPE.priority, flags: 0, stream, payload: number(stream, 4) + number(0, 1) },
    { type: TYPE.data, flags: random.below(2), stream, payload: random.pick(['', 'x', '0\r\n\r\n']) },
    {
      type: TYPE.headers,
      flags: 5,
      stream: stream + 2,
      payload: random.pick(['', '\x82', '\x82\x86\x84', '\xbe', '\x20\x3f']),
    },
    { type: TYPE.continuation, flags: random.pick([0, FLAG.endHeaders]), stream, payload: '' },
    { type: TYPE.pushPromise, flags: FLAG.endHeaders, stream, payload: number(2, 4) },
    { type: 0xbe, flags: 0xff, stream, payload: 'x'.repeat(random.pick([0, 9, 16_384, 16_385])) },
  ]);
}

function oddSettings(random: Random): string {
  const id = random.pick([1, 2, 3, 4, 4, 4, 5, 6, 8, 9, 0xffff]);
  return number(id, 2) + number(random.pick([0, 1, 2, 100, 16_383, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]), 4);
}

/** One change to the bytes. */
export function mutateBytes(random: Random, bytes: string): string {
  const at = random.below(bytes.length + 1);
  const until = Math.min(bytes.length, at + 1 + random.below(random.chance(0.8) ? 3 : 60));
  const some = random.chance(0.5) ? number(random.below(256), 1) : random.pick(TEXTS);
  switch (random.below(6)) {
    case 0:
      return bytes.slice(0, at) + some + bytes.slice(at);
    case 1:
      return bytes.slice(0, at) + bytes.slice(until);
    case 2:
      return bytes.slice(0, until) + bytes.slice(at);
    case 3:
      return bytes.slice(0, at);
    default:
      return bytes.slice(0, at) + some + bytes.slice(at + some.length);
  }
}
