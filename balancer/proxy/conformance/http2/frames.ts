/** Frames of HTTP/2 as they are on the wire (RFC 9113, 4), one char a byte, right and wrong ones. */

export const TYPE = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const FLAG = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 0x20 } as const;

export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

const HEADER_BYTES = 9;

/** A number of `size` bytes, the highest first. */
export function number(value: number, size: number): string {
  let text = '';
  for (let i = size - 1; i >= 0; i--) text += String.fromCharCode(Math.floor(value / 256 ** i) % 256);
  return text;
}

export function frame(type: number, flags: number, stream: number, payload: string): string {
  return number(payload.length, 3) + number(type, 1) + number(flags, 1) + number(stream, 4) + payload;
}

/** A number of HPACK behind the bits of `first` (RFC 7541, 5.1). */
export function integer(value: number, prefixBits: number, first = 0): string {
  const full = 2 ** prefixBits - 1;
  if (value < full) return number(first + value, 1);
  let rest = value - full;
  let text = number(first + full, 1);
  for (; rest >= 128; rest = Math.floor(rest / 128)) text += number((rest % 128) + 128, 1);
  return text + number(rest, 1);
}

/** A string of HPACK without Huffman coding (RFC 7541, 5.2). */
export function literal(text: string): string {
  return integer(text.length, 7) + text;
}

export type Field = readonly [name: string, value: string];

/** A header block without any table: each field in full (RFC 7541, 6.2.2), whatever is in it. */
export function block(...fields: readonly Field[]): string {
  return fields.map(([name, value]) => `\0${literal(name)}${literal(value)}`).join('');
}

export function settings(...pairs: readonly (readonly [id: number, value: number])[]): string {
  return frame(TYPE.settings, 0, 0, pairs.map(([id, value]) => number(id, 2) + number(value, 4)).join(''));
}

/** What a client begins with. No dynamic table for what comes back, so that each block can be read alone. */
export const OPENING = PREFACE + settings([1, 0]);

export function headers(stream: number, fields: readonly Field[], flags: number = FLAG.endStream): string {
  return frame(TYPE.headers, flags | FLAG.endHeaders, stream, block(...fields));
}

export function data(stream: number, text: string, flags: number = FLAG.endStream): string {
  return frame(TYPE.data, flags, stream, text);
}

export function reset(stream: number, code: number): string {
  return frame(TYPE.reset, 0, stream, number(code, 4));
}

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: string;
}

/** The number in these `size` bytes. */
export function valueAt(bytes: string, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + bytes.charCodeAt(at + i);
  return value;
}

/** The whole frames in these bytes. */
export function readFrames(bytes: string): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const end = at + HEADER_BYTES + valueAt(bytes, at, 3);
    if (end > bytes.length) break;
    const [type, flags, stream] = [valueAt(bytes, at + 3, 1), valueAt(bytes, at + 4, 1), valueAt(bytes, at + 5, 4)];
    frames.push({ type, flags, stream, payload: bytes.slice(at + HEADER_BYTES, end) });
    at = end;
  }
  return frames;
}

/** `:status` by its place in the static table (RFC 7541, appendix A). */
const INDEXED_STATUS: ReadonlyMap<number, number> = new Map(
  [200, 204, 206, 304, 400, 404, 500].map((status, i) => [0x88 + i, status]),
);

/** Huffman codes of the digits: 0 to 2 have five bits, 3 to 9 have six (RFC 7541, appendix B). */
function digits(bytes: string): string {
  let bits = [...bytes].map((byte) => byte.charCodeAt(0).toString(2).padStart(8, '0')).join('');
  let text = '';
  while (text.length < 3) {
    const short = Number.parseInt(bits.slice(0, 5), 2);
    const isShort = short <= 2;
    text += isShort ? short : Number.parseInt(bits.slice(0, 6), 2) - 0x19 + 3;
    bits = bits.slice(isShort ? 5 : 6);
  }
  return text;
}

/** The status that an answer's header block begins with; 0 where it cannot be read. */
export function statusOf(headerBlock: string): number {
  let at = 0;
  // The encoder's word on the size of its table.
  while ((headerBlock.charCodeAt(at) & 0xe0) === 0x20) at++;
  const indexed = INDEXED_STATUS.get(headerBlock.charCodeAt(at));
  if (indexed !== undefined) return indexed;
  const length = headerBlock.charCodeAt(at + 1);
  const text = headerBlock.slice(at + 2, at + 2 + (length & 0x7f));
  return Number(length >= 0x80 ? digits(text) : text);
}

export function codeOf({ type, payload }: Frame): number {
  return valueAt(payload, type === TYPE.goaway ? 4 : 0, 4);
}
