/** A replica's header section, read strictly: what two readers could take differently is no answer. */
import { trimmed } from './field-value.ts';
import { hasToken, isHopByHop, namedInConnection } from './hop-by-hop.ts';

const FIELD = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+:[\\t\\x20-\\x7e\\x80-\\xff]*\\r\\n";
const WHOLE = new RegExp(`HTTP/1\\.[01] [1-5]\\d\\d(?: [\\t\\x20-\\x7e\\x80-\\xff]*)?\\r\\n(?:${FIELD})*\\r\\n`, 'y');
const CONTENT_LENGTH = /^\d{1,15}$/;

const KNOWN_FIRST = new Set([...'cdkptux'].map((letter) => letter.charCodeAt(0)));
const LOWER_CASE = 32;
/** More fields than this are a mistake or an attack on the client. */
export const MAX_FIELDS = 1000;

/** How the body is delimited. `tunnel`: it is none, the connection has become another protocol's. */
export type AnswerFraming = 'none' | 'length' | 'chunked' | 'close' | 'tunnel';

/** What is told about the request whose answer this is. */
export interface Asked {
  readonly isHead: boolean;
  readonly isWebSocket: boolean;
}

/** One answer's header section; an upstream connection reads all of its answers into the same one. */
export class AnswerHead {
  status = 0;
  framing: AnswerFraming = 'none';
  contentLength = 0;
  /** May the upstream connection be used again after this answer? */
  isReusable = true;
  hasDate = false;
  /** Status line and fields without those of the connection, each line with its end. */
  kept = '';
  /** Room for the head as the client gets it; emptied whenever it would differ. */
  forClient = '';

  /** The last section, if it was valid: answers of one replica within a second often differ in their bodies only. */
  #lastSection = '';
  #lastIsHead = false;

  #lengthCount = 0;
  #codingCount = 0;
  #coding = '';
  #connection = '';
  #upgrade = '';
  #count = 0;

  /** Reads the section that ends at `end` (the CRLF before its empty line). False: it is no valid answer. */
  read(text: string, end: number, asked: Asked): boolean {
    const section = text.length === end + 4 ? text : text.slice(0, end + 4);
    if (section === this.#lastSection && asked.isHead === this.#lastIsHead && !asked.isWebSocket) return true;
    this.#lastSection = '';
    if (!this.#readNew(section, end, asked)) return false;
    if (this.status >= 200) this.#lastSection = section;
    this.#lastIsHead = asked.isHead;
    return true;
  }

  #readNew(text: string, end: number, asked: Asked): boolean {
    WHOLE.lastIndex = 0;
    if (!WHOLE.test(text) || WHOLE.lastIndex !== text.length) return false;
    this.#reset();
    const isOld = text.charCodeAt(7) === 48;
    this.status = Number(text.slice(9, 12));
    this.#readFields(text, text.indexOf('\r\n') + 2, end + 2);
    if (this.#count > MAX_FIELDS) return false;
    // We speak HTTP/1.1 to the client whatever the replica speaks.
    if (isOld) this.kept = `HTTP/1.1${this.kept.slice(8)}`;
    this.isReusable = !isOld;
    if (this.#connection !== '') this.#readConnection(isOld);
    return this.#frame(asked, isOld);
  }

  #reset(): void {
    this.framing = 'none';
    this.contentLength = 0;
    this.hasDate = false;
    this.forClient = '';
    this.#lengthCount = 0;
    this.#codingCount = 0;
    this.#coding = '';
    this.#connection = '';
    this.#upgrade = '';
    this.#count = 0;
  }

  #readFields(text: string, from: number, to: number): void {
    let kept = '';
    let keptFrom = 0;
    for (let at = from; at < to; this.#count++) {
      const end = text.indexOf('\r\n', at);
      if (KNOWN_FIRST.has(text.charCodeAt(at) | LOWER_CASE)) {
        const colon = text.indexOf(':', at);
        if (this.#known(text.slice(at, colon).toLowerCase(), text, colon + 1, end)) {
          kept += text.slice(keptFrom, at);
          keptFrom = end + 2;
        }
      }
      at = end + 2;
    }
    this.kept = kept + text.slice(keptFrom, to);
  }

  /** Takes note of a field that means something to a proxy. True: it does not go on to the client. */
  #known(name: string, text: string, from: number, to: number): boolean {
    switch (name) {
      case 'date':
        this.hasDate = true;
        return false;
      case 'content-length': {
        const value = trimmed(text.slice(from, to));
        this.#lengthCount++;
        this.contentLength = CONTENT_LENGTH.test(value) ? Number(value) : -1;
        return false;
      }
      case 'transfer-encoding':
        this.#codingCount++;
        this.#coding = trimmed(text.slice(from, to)).toLowerCase();
        return true;
      case 'connection': {
        const value = trimmed(text.slice(from, to));
        this.#connection = this.#connection === '' ? value : `${this.#connection}, ${value}`;
        return true;
      }
      case 'upgrade':
        this.#upgrade = trimmed(text.slice(from, to));
        return true;
      default:
        return name === 'x-ringmaster-replica' || isHopByHop(name);
    }
  }

  #readConnection(isOld: boolean): void {
    if (this.#connection === 'keep-alive') {
      this.isReusable = true;
      return;
    }
    if (isOld) this.isReusable = hasToken(this.#connection, 'keep-alive');
    if (hasToken(this.#connection, 'close')) this.isReusable = false;
    const named = namedInConnection(this.#connection);
    if (named.size > 0) this.#drop(named);
  }

  #drop(names: ReadonlySet<string>): void {
    const [statusLine = '', ...lines] = this.kept.split('\r\n');
    const kept = lines.filter((line) => !names.has(line.slice(0, line.indexOf(':')).toLowerCase()));
    this.kept = [statusLine, ...kept].join('\r\n');
  }

  #frame(asked: Asked, isOld: boolean): boolean {
    if (!this.#isDelimitedOnce(isOld)) return false;
    if (this.status < 200) return this.#frameInterim(asked);
    const hasBody = !asked.isHead && this.status !== 204 && this.status !== 304;
    if (hasBody) this.framing = this.#bodyFraming();
    if (this.framing === 'close') this.isReusable = false;
    if (this.framing === 'chunked') this.kept += 'Transfer-Encoding: chunked\r\n';
    return true;
  }

  /** RFC 9112, 6.3: one length or one final `chunked`, never both. */
  #isDelimitedOnce(isOld: boolean): boolean {
    if (this.#lengthCount > 1 || this.contentLength < 0) return false;
    if (this.#codingCount === 0) return true;
    return this.#codingCount === 1 && this.#lengthCount === 0 && !isOld && this.#coding === 'chunked';
  }

  #bodyFraming(): AnswerFraming {
    if (this.#codingCount > 0) return 'chunked';
    if (this.#lengthCount === 0) return 'close';
    return this.contentLength === 0 ? 'none' : 'length';
  }

  #frameInterim(asked: Asked): boolean {
    if (this.status !== 101) return true;
    if (!asked.isWebSocket || this.#upgrade.toLowerCase() !== 'websocket') return false;
    this.framing = 'tunnel';
    this.isReusable = false;
    this.kept += `Connection: Upgrade\r\nUpgrade: ${this.#upgrade}\r\n`;
    return true;
  }
}
