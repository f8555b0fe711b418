const HEAD_END = '\r\n\r\n';
const MAX_HEAD_BYTES = 65_536;
const LF = 10;
/** The answer's field that names the replica. */
const REPLICA_FIELD = 'x-ringmaster-replica';
const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})[ \r]/;
const CHUNK_SIZE = /^[0-9a-f]{1,12}[ \t]*(?:;.*)?\r$/i;

type State = 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'trailers' | 'until-close' | 'done' | 'broken';

/**
 * Reads the answers of one connection, one after the other: who answered with which status, and where the answer ends
 * (RFC 9112, 6.3). Bodies are counted and passed over. Written apart from the balancer's own reader on purpose: what
 * measures must not share a mistake with what is measured.
 */
export class AnswerReader {
  status = 0;
  replica = '';
  /** May another request follow on the connection? */
  isReusable = true;
  #state: State = 'done';
  #isToHead = false;
  /** The beginning of a head or a line whose end is still to come. */
  #part = '';
  #left = 0;

  get isDone(): boolean {
    return this.#state === 'done';
  }

  get isBroken(): boolean {
    return this.#state === 'broken';
  }

  /** A request was sent; `isToHead`: its answer has no body whatever it says. */
  begin(isToHead: boolean): void {
    this.status = 0;
    this.replica = '';
    this.isReusable = true;
    this.#isToHead = isToHead;
    this.#part = '';
    this.#state = 'head';
  }

  /** Takes what has come, `bytes` up to `length`. What follows the end of the answer belongs to nothing: broken. */
  read(bytes: Buffer, length: number): void {
    let at = 0;
    while (at < length && this.#state !== 'broken') at = this.#step(bytes, at, length);
  }

  /** The other side has closed. Returns whether the answer is whole. */
  end(): boolean {
    if (this.#state === 'until-close') this.#state = 'done';
    this.isReusable = false;
    return this.#state === 'done';
  }

  #step(bytes: Buffer, at: number, length: number): number {
    switch (this.#state) {
      case 'head':
        return this.#head(bytes, at, length);
      case 'length':
      case 'chunk-data':
        return this.#data(at, length);
      case 'chunk-size':
      case 'trailers':
        return this.#line(bytes, at, length);
      case 'until-close':
        return length;
      case 'done':
      case 'broken':
        this.#state = 'broken';
        return length;
    }
  }

  #head(bytes: Buffer, at: number, length: number): number {
    const before = this.#part.length;
    const text = this.#part + bytes.toString('latin1', at, Math.min(length, at + MAX_HEAD_BYTES));
    const end = text.indexOf(HEAD_END);
    if (end < 0) {
      this.#part = text;
      if (text.length >= MAX_HEAD_BYTES) this.#state = 'broken';
      return length;
    }
    this.#part = '';
    this.#readHead(text.slice(0, end + 2));
    return at + end + HEAD_END.length - before;
  }

  /** `head`: status line and fields, each with its CRLF. */
  #readHead(head: string): void {
    const [, minor, status] = STATUS_LINE.exec(head) ?? [];
    this.status = Number(status ?? 0);
    if (minor === undefined || this.status < 100 || this.status === 101) {
      this.#state = 'broken';
      return;
    }
    // 100 and 103 come before the answer.
    if (this.status < 200) return;
    const connection = fieldOf(head, 'connection')?.toLowerCase() ?? '';
    this.isReusable = minor === '1' ? !connection.includes('close') : connection.includes('keep-alive');
    this.replica = fieldOf(head, REPLICA_FIELD) ?? '';
    this.#beginBody(head);
  }

  #beginBody(head: string): void {
    if (this.#isToHead || this.status === 204 || this.status === 304) {
      this.#state = 'done';
      return;
    }
    const coding = fieldOf(head, 'transfer-encoding');
    if (coding !== null) {
      this.#state = coding.toLowerCase() === 'chunked' ? 'chunk-size' : 'until-close';
      return;
    }
    const length = fieldOf(head, 'content-length');
    if (length === null) this.#state = 'until-close';
    else if (/^\d{1,15}$/.test(length)) this.#expect(Number(length), 'length');
    else this.#state = 'broken';
  }

  #expect(bytes: number, state: 'length' | 'chunk-data'): void {
    this.#left = bytes;
    this.#state = bytes === 0 ? 'done' : state;
  }

  #data(at: number, length: number): number {
    const taken = Math.min(this.#left, length - at);
    this.#left -= taken;
    if (this.#left === 0) this.#state = this.#state === 'length' ? 'done' : 'chunk-size';
    return at + taken;
  }

  #line(bytes: Buffer, at: number, length: number): number {
    const end = bytes.indexOf(LF, at);
    const isWhole = end >= 0 && end < length;
    const line = this.#part + bytes.toString('latin1', at, isWhole ? end : length);
    this.#part = isWhole ? '' : line;
    if (!isWhole) {
      if (line.length > MAX_HEAD_BYTES) this.#state = 'broken';
      return length;
    }
    if (this.#state === 'trailers') this.#state = line === '\r' ? 'done' : 'trailers';
    else this.#readSize(line);
    return end + 1;
  }

  #readSize(line: string): void {
    if (!CHUNK_SIZE.test(line)) {
      this.#state = 'broken';
      return;
    }
    const size = Number.parseInt(line, 16);
    // The CRLF behind the data is passed over with it.
    if (size === 0) this.#state = 'trailers';
    else this.#expect(size + 2, 'chunk-data');
  }
}

/** The value of the first field of this (lower-case) name; null without one. */
function fieldOf(head: string, name: string): string | null {
  for (let at = head.indexOf('\r\n') + 2; at < head.length; ) {
    const end = head.indexOf('\r\n', at);
    const colon = at + name.length;
    if (head.charCodeAt(colon) === 58 && head.slice(at, colon).toLowerCase() === name) {
      return head.slice(colon + 1, end).trim();
    }
    at = end + 2;
  }
  return null;
}
