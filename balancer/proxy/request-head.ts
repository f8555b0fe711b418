/**
 * A client's header section, read strictly: whoever reads the same bytes by RFC 9112 finds the same request, or it is
 * refused. Text is latin1: one character a byte.
 */
import type { ProxyErrorCode } from './errors.ts';
import { expectationOf } from './expectation.ts';
import { trimmed } from './field-value.ts';
import type { Proto } from './forwarded.ts';
import { judgeWhole } from './head-grammar.ts';
import { hasToken, isHopByHop } from './hop-by-hop.ts';
import { METHODS as KNOWN_METHODS } from './node-http.ts';

const AUTHORITY = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=%]*|\[[0-9A-Fa-f:.]+\])(?::\d{0,5})?$/;
const ABSOLUTE_FORM = /^(https?):\/\/([^/?]*)(.*)$/i;
const ANY_UPGRADE = /\r\nupgrade:[^\r]*(?=\r\n)/gi;
const ANY_CHUNKED = /\r\ntransfer-encoding:[\t ]*chunked[\t ]*\r\n/i;
/** A coding we do not know, with the final `chunked` that delimits it. */
const OTHER_CODING = /^[a-z]+, *chunked$/;
const CONTENT_LENGTH = /^\d{1,15}$/;

/** Letters and lengths of the names `#known` looks at: the others are passed over without a look at their text. */
const KNOWN_FIRST = new Set([...'cefhkmptux'].map((letter) => letter.charCodeAt(0)));
const KNOWN_LENGTHS = new Set([2, 4, 6, 7, 9, 10, 12, 14, 15, 16, 17, 18, 19]);
const LOWER_CASE = 32;
const COLON = ':';

/** RFC 9112, 6.1: methods both lanes know well. What others mean is left to Node's parser. */
const FAST_METHODS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST', 'PUT', 'PATCH']);

const METHODS: ReadonlySet<string> = new Set(KNOWN_METHODS.filter((method) => method !== 'CONNECT'));

/** How the body is delimited. */
export type RequestFraming = 'none' | 'length' | 'chunked';

/** One request's header section; a connection reads all of its requests into the same one. */
export class RequestHead {
  method = '';
  /** As sent. */
  target = '';
  /** 0: HTTP/1.0. */
  minorVersion = 1;
  host = '';
  framing: RequestFraming = 'none';
  contentLength = 0;
  /** The client wants no further request on this connection. */
  isLast = false;
  /** The client asks to go on in the WebSocket protocol. */
  isWebSocket = false;
  /** The client may wait for a 100 before it sends the body. */
  expectsContinue = false;
  /** Unambiguous in the narrow sense that the fast lane asks for. */
  isFast = false;
  /** Request line and fields without those of the connection and without X-Forwarded-*, each line with its end. */
  kept = '';
  forwardedFor = '';
  forwardedProto = '';
  forwardedHost = '';
  /** The client's Forwarded (RFC 7239); it goes on only where the client is trusted. */
  forwarded = '';
  /** Hops an OPTIONS or TRACE may still take (RFC 9110, 7.6.2); null: as many as it likes. */
  hopsLeft: number | null = null;
  /** The section as it came, with its end, for the general lane. */
  text = '';
  /** It is the same as the one before it, to the byte: clients that poll or hold few pages send it again and again. */
  isRepeated = false;

  /** The last section, if it was right. */
  #lastSection = '';

  #hostCount = 0;
  #lengthCount = 0;
  #codingCount = 0;
  #coding = '';
  #upgrade = '';
  #connection = '';
  #needsGeneral = false;

  readonly #proto: Proto;

  /** `proto`: the scheme that an absolute-form target has to have. */
  constructor(proto: Proto = 'http') {
    this.#proto = proto;
  }

  /** The first field of that lower-case name; null when there is none. */
  field(lowerName: string): string | null {
    for (let at = this.text.indexOf('\r\n') + 2; at < this.text.length - 2; ) {
      const end = this.text.indexOf('\r\n', at);
      const colon = this.text.indexOf(COLON, at);
      if (colon - at === lowerName.length && this.text.slice(at, colon).toLowerCase() === lowerName) {
        return trimmed(this.text.slice(colon + 1, end));
      }
      at = end + 2;
    }
    return null;
  }

  /**
   * Reads the section that `text` begins with; `end` is where its empty line begins (at the CRLF before it).
   * Says what is wrong with it, or null.
   */
  read(text: string, end: number, maxCount: number, maxTarget: number): ProxyErrorCode | null {
    const section = text.length === end + 4 ? text : text.slice(0, end + 4);
    this.isRepeated = section === this.#lastSection;
    if (this.isRepeated) return null;
    this.#lastSection = '';
    const wrong = this.#readNew(section, end, maxCount, maxTarget);
    if (wrong === null) this.#lastSection = section;
    return wrong;
  }

  #readNew(text: string, end: number, maxCount: number, maxTarget: number): ProxyErrorCode | null {
    const wrong = judgeWhole(text);
    if (wrong !== null) return wrong;
    this.#reset();
    this.text = text;
    const lineEnd = text.indexOf('\r\n');
    const methodEnd = text.indexOf(' ');
    this.method = text.slice(0, methodEnd);
    this.target = text.slice(methodEnd + 1, lineEnd - 9);
    this.minorVersion = text.charCodeAt(lineEnd - 1) - 48;
    if (this.target.length > maxTarget) return 'target-too-long';
    const count = this.#readFields(text, lineEnd + 2, end + 2);
    if (count > maxCount) return 'header-too-large';
    return this.#judge();
  }

  #reset(): void {
    this.host = '';
    this.framing = 'none';
    this.contentLength = 0;
    this.isLast = false;
    this.isWebSocket = false;
    this.expectsContinue = false;
    this.forwardedFor = '';
    this.forwardedProto = '';
    this.forwardedHost = '';
    this.forwarded = '';
    this.hopsLeft = null;
    this.#hostCount = 0;
    this.#lengthCount = 0;
    this.#codingCount = 0;
    this.#coding = '';
    this.#upgrade = '';
    this.#connection = '';
    this.#needsGeneral = false;
  }

  /** Looks at each field and cuts out those that do not go on. Returns how many there are. */
  #readFields(text: string, from: number, to: number): number {
    let kept = '';
    let keptFrom = 0;
    let count = 0;
    for (let at = from; at < to; count++) {
      const end = text.indexOf('\r\n', at);
      const colon = text.indexOf(COLON, at);
      if (KNOWN_LENGTHS.has(colon - at) && KNOWN_FIRST.has(text.charCodeAt(at) | LOWER_CASE)) {
        if (this.#known(text.slice(at, colon).toLowerCase(), trimmed(text.slice(colon + 1, end)))) {
          kept += text.slice(keptFrom, at);
          keptFrom = end + 2;
        }
      }
      at = end + 2;
    }
    this.kept = kept + text.slice(keptFrom, to);
    return count;
  }

  /** Takes note of a field that means something to a proxy. True: it does not go on to the replica. */
  #known(name: string, value: string): boolean {
    switch (name) {
      case 'host':
        this.#hostCount++;
        this.host = value;
        return false;
      case 'content-length':
        this.#lengthCount++;
        this.contentLength = CONTENT_LENGTH.test(value) ? Number(value) : -1;
        return false;
      case 'transfer-encoding':
        this.#codingCount++;
        this.#coding = value.toLowerCase();
        return true;
      case 'connection':
        this.#connection = this.#connection === '' ? value : `${this.#connection}, ${value}`;
        return true;
      case 'upgrade':
        this.#upgrade = value.toLowerCase();
        return true;
      case 'max-forwards':
        if (/^\d{1,9}$/.test(value)) this.hopsLeft = Number(value);
        this.#needsGeneral = true;
        return false;
      case 'expect':
        if (expectationOf(value) === 'continue') this.expectsContinue = true;
        else this.#needsGeneral = true;
        return false;
      default:
        return this.#forwarded(name, value) || isHopByHop(name);
    }
  }

  #forwarded(name: string, value: string): boolean {
    switch (name) {
      case 'forwarded':
        this.forwarded = this.forwarded === '' ? value : `${this.forwarded}, ${value}`;
        return true;
      case 'x-forwarded-for':
        this.forwardedFor = this.forwardedFor === '' ? value : `${this.forwardedFor}, ${value}`;
        return true;
      case 'x-forwarded-proto':
        this.forwardedProto = this.forwardedProto === '' ? value : `${this.forwardedProto}, ${value}`;
        return true;
      case 'x-forwarded-host':
        this.forwardedHost = this.forwardedHost === '' ? value : `${this.forwardedHost}, ${value}`;
        return true;
      default:
        return false;
    }
  }

  /** Judges the section as a whole. */
  #judge(): ProxyErrorCode | null {
    return this.#judgeMethod() ?? this.#judgeTarget() ?? this.#judgeFraming() ?? this.#judgeConnection();
  }

  #judgeMethod(): ProxyErrorCode | null {
    return METHODS.has(this.method) ? null : 'not-implemented';
  }

  #judgeTarget(): ProxyErrorCode | null {
    const isCounted = this.#hostCount === 1 || (this.#hostCount === 0 && this.minorVersion === 0);
    if (!isCounted || !AUTHORITY.test(this.host)) return 'malformed';
    if (this.target.startsWith('/') || (this.target === '*' && this.method === 'OPTIONS')) return null;
    // Absolute-form that disagrees with Host: proxies and servers differ in which of them counts.
    const [, scheme = '', authority = '', path = ''] = ABSOLUTE_FORM.exec(this.target) ?? [];
    if (scheme.toLowerCase() !== this.#proto || authority === '' || authority.toLowerCase() !== this.host.toLowerCase())
      return 'malformed';
    this.#retarget(path.startsWith('/') ? path : `/${path}`);
    return null;
  }

  /** RFC 9112, 3.2.2: behind us nobody needs the absolute form. */
  #retarget(target: string): void {
    const line = `${this.method} ${target} HTTP/1.${this.minorVersion}`;
    this.kept = line + this.kept.slice(this.kept.indexOf('\r\n'));
    this.text = line + this.text.slice(this.text.indexOf('\r\n'));
    this.target = target;
    this.#needsGeneral = true;
  }

  #judgeFraming(): ProxyErrorCode | null {
    // RFC 9110, 9.3.8: a TRACE has no body.
    if (this.method === 'TRACE' && this.#codingCount + this.#lengthCount > 0) return 'malformed';
    if (this.#codingCount > 0) return this.#judgeCoding();
    if (this.#lengthCount === 0) return null;
    if (this.#lengthCount > 1 || this.contentLength < 0) return 'malformed';
    this.framing = this.contentLength === 0 ? 'none' : 'length';
    return null;
  }

  #judgeCoding(): ProxyErrorCode | null {
    if (this.#lengthCount > 0 || this.minorVersion === 0 || this.#codingCount > 1) return 'malformed';
    if (this.#coding !== 'chunked') return OTHER_CODING.test(this.#coding) ? 'not-implemented' : 'malformed';
    this.framing = 'chunked';
    // Node's parser does not know tabs around the value.
    this.text = this.text.replace(ANY_CHUNKED, '\r\nTransfer-Encoding: chunked\r\n');
    return null;
  }

  #judgeConnection(): ProxyErrorCode | null {
    let isPlain = true;
    if (this.#connection !== '') {
      this.isLast = hasToken(this.#connection, 'close');
      isPlain = /^(?:keep-alive|close)$/i.test(this.#connection);
    }
    if (this.#upgrade !== '') {
      // What Node's parser does behind an upgrade that nobody follows is no business of ours.
      this.text = this.text.replace(ANY_UPGRADE, '');
      this.isWebSocket =
        this.#upgrade === 'websocket' &&
        this.method === 'GET' &&
        this.framing === 'none' &&
        hasToken(this.#connection, 'upgrade');
      isPlain ||= this.isWebSocket && /^(?:keep-alive, *)?upgrade$/i.test(this.#connection);
    }
    this.isFast =
      isPlain &&
      !this.#needsGeneral &&
      this.minorVersion === 1 &&
      this.framing !== 'chunked' &&
      FAST_METHODS.has(this.method);
    // The general lane has no words for it, and nobody says it with what leads there.
    return this.target === '*' && !this.isFast ? 'not-implemented' : null;
  }
}
