/**
 * Follows a chunked body (RFC 9112, 7.1) byte by byte without copying it: finds its end, and finds out when it is no
 * valid one. Sizes are plain hexadecimal digits; chunk extensions are let through in moderation and without controls.
 */
const CR = 13;
const LF = 10;
const SEMICOLON = 59;
const TAB = 9;
/** 2^40 bytes: more would lose no precision, but nobody sends such a chunk in good faith. */
const MAX_SIZE_DIGITS = 10;
const MAX_EXTENSION_BYTES = 256;
/** All extensions of one body: nobody needs them, and they make a small body cost a large one's time. */
const MAX_EXTENSIONS_BYTES = 8192;
const MAX_TRAILER_BYTES = 8192;
const TRAILERS = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n$/;

type State = 'size' | 'extension' | 'size-lf' | 'data' | 'data-cr' | 'data-lf' | 'trailers' | 'done' | 'broken';

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

export class ChunkScanner {
  #state: State = 'size';
  #left = 0;
  #digits = 0;
  #extension = 0;
  #extensions = 0;
  #announced = 0;
  #trailers = '';

  get isDone(): boolean {
    return this.#state === 'done';
  }

  get isBroken(): boolean {
    return this.#state === 'broken';
  }

  /** Sizes of all chunks begun so far. */
  get announcedBytes(): number {
    return this.#announced;
  }

  /** The trailer section with its empty line; only after the end. */
  get trailers(): string {
    return this.#trailers;
  }

  reset(): void {
    this.#state = 'size';
    this.#left = 0;
    this.#digits = 0;
    this.#extension = 0;
    this.#extensions = 0;
    this.#announced = 0;
    this.#trailers = '';
  }

  /** Goes on at `from`; returns where it stopped: at `to`, behind the body's last byte, or where it broke. */
  scan(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && this.#state !== 'done' && this.#state !== 'broken') {
      if (this.#state === 'data') {
        const step = Math.min(this.#left, to - at);
        this.#left -= step;
        at += step;
        if (this.#left === 0) this.#state = 'data-cr';
      } else {
        this.#state = this.#step(bytes[at] ?? 0);
        at++;
      }
    }
    return at;
  }

  #step(byte: number): State {
    switch (this.#state) {
      case 'size':
        return this.#size(byte);
      case 'extension':
        return this.#inExtension(byte);
      case 'size-lf':
        return this.#sizeEnd(byte);
      case 'data-cr':
        return byte === CR ? 'data-lf' : 'broken';
      case 'data-lf':
        return byte === LF ? 'size' : 'broken';
      case 'trailers':
        return this.#trailer(byte);
      default:
        return 'broken';
    }
  }

  #size(byte: number): State {
    const digit = hexDigit(byte);
    if (digit >= 0 && this.#digits < MAX_SIZE_DIGITS) {
      this.#digits++;
      this.#left = this.#left * 16 + digit;
      return 'size';
    }
    if (this.#digits === 0) return 'broken';
    if (byte === CR) return 'size-lf';
    return byte === SEMICOLON ? 'extension' : 'broken';
  }

  #inExtension(byte: number): State {
    if (byte === CR) return 'size-lf';
    this.#extension++;
    this.#extensions++;
    const isControl = (byte < 32 && byte !== TAB) || byte === 127;
    return isControl || this.#extension > MAX_EXTENSION_BYTES || this.#extensions > MAX_EXTENSIONS_BYTES
      ? 'broken'
      : 'extension';
  }

  #sizeEnd(byte: number): State {
    if (byte !== LF) return 'broken';
    this.#digits = 0;
    this.#extension = 0;
    this.#announced += this.#left;
    return this.#left === 0 ? 'trailers' : 'data';
  }

  #trailer(byte: number): State {
    this.#trailers += String.fromCharCode(byte);
    if (byte !== LF) return this.#trailers.length < MAX_TRAILER_BYTES ? 'trailers' : 'broken';
    if (this.#trailers !== '\r\n' && !this.#trailers.endsWith('\r\n\r\n')) return 'trailers';
    return TRAILERS.test(this.#trailers) ? 'done' : 'broken';
  }
}
