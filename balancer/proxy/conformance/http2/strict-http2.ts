import {
  contentOf,
  frameFault,
  hasFlag,
  initialWindowOf,
  isArguable,
  MAX_FRAME_BYTES,
  MAX_WINDOW,
  streamOf,
} from './frame-rules.ts';
import { FLAG, type Frame, PREFACE, readFrames, TYPE, valueAt } from './frames.ts';
import { DEFAULT_TABLE_BYTES, HpackReader } from './hpack.ts';
import { endStream, type OpenStream, openStream, type StrictStream, spoil, takeTrailers } from './strict-stream.ts';

/**
 * `clean`: all is to be served. `arguable`: something is wrong with a stream, which may end the connection too (RFC
 * 9113, 5.4), or the RFC leaves a choice. `partial`: the last frame is not whole. `broken`: the connection has to end,
 * and nothing from there on counts.
 */
export type ConversationEnd = 'clean' | 'arguable' | 'partial' | 'broken';

export interface Http2Conversation {
  readonly streams: readonly StrictStream[];
  readonly end: ConversationEnd;
  readonly reason: string;
  /** The client keeps its windows closed: answers may never come through. */
  readonly isWithholding: boolean;
}

interface OpenBlock {
  readonly stream: number;
  readonly endsStream: boolean;
  fragments: string;
}

const HEADER_BYTES = 9;
const DEFAULT_WINDOW = 65_535;
/** Enough for any answer of the recording replica or of the proxy. */
const AMPLE_WINDOW = 1_000;

/** What ends the connection. */
class ConnectionError extends Error {}

/** Flow control of the client's own DATA is not looked at: whoever sends more than 65,535 bytes has to do that. */
class ConversationReader {
  readonly #streams = new Map<number, OpenStream>();
  readonly #hpack = new HpackReader(DEFAULT_TABLE_BYTES);
  /** What windows were opened by, without what they began with. */
  readonly #opened = new Map<number, number>();
  readonly #reactions = new Map<number, (one: Frame) => void>([
    [TYPE.data, (one) => this.#data(one)],
    [TYPE.headers, (one) => this.#headers(one)],
    [TYPE.continuation, (one) => this.#continuation(one)],
    [TYPE.reset, (one) => this.#reset(one)],
    [TYPE.settings, (one) => this.#settings(one)],
    [TYPE.windowUpdate, (one) => this.#windowUpdate(one)],
  ]);
  #window = DEFAULT_WINDOW;
  #last = 0;
  #block: OpenBlock | undefined;
  #acknowledgements = 0;
  #isArguable = false;

  read(bytes: string): Http2Conversation {
    let [end, reason]: [ConversationEnd, string] = ['clean', ''];
    try {
      const isWhole = this.#readAll(bytes);
      end = isWhole && this.#block === undefined ? this.#endOfFrames() : 'partial';
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      [end, reason] = ['broken', error.message];
    }
    return { streams: [...this.#streams.values()], end, reason, isWithholding: this.#window < AMPLE_WINDOW };
  }

  #endOfFrames(): 'clean' | 'arguable' {
    const isSound = [...this.#streams.values()].every(({ verdict, isGivenUp }) => verdict === 'whole' && !isGivenUp);
    return isSound && !this.#isArguable ? 'clean' : 'arguable';
  }

  /** Is the last frame whole? */
  #readAll(bytes: string): boolean {
    const begun = bytes.slice(0, PREFACE.length);
    if (!PREFACE.startsWith(begun)) throw new ConnectionError('no preface');
    const rest = bytes.slice(PREFACE.length);
    const frames = readFrames(rest);
    const [first] = frames;
    const isOpening = first === undefined || (first.type === TYPE.settings && !hasFlag(first, FLAG.ack));
    if (!isOpening) throw new ConnectionError('no SETTINGS behind the preface');
    for (const one of frames) this.#take(one);
    const tail = rest.slice(frames.reduce((sum, { payload }) => sum + HEADER_BYTES + payload.length, 0));
    if (
      tail.length >= HEADER_BYTES &&
      valueAt(tail, 0, 3) > MAX_FRAME_BYTES &&
      valueAt(tail, 3, 1) !== TYPE.continuation
    )
      throw new ConnectionError('a frame too large');
    return tail === '' && begun === PREFACE;
  }

  #take(one: Frame): void {
    const isExpected = this.#block === undefined || one.type === TYPE.continuation;
    if (!isExpected || (this.#block !== undefined && streamOf(one) !== this.#block.stream))
      throw new ConnectionError('a frame inside a header block');
    const fault = frameFault(one);
    if (fault !== undefined) throw new ConnectionError(fault);
    this.#isArguable ||= isArguable(one);
    this.#reactions.get(one.type)?.(one);
  }

  /** The stream of a frame that must not come first on it; undefined for one that a higher number closed. */
  #known(one: Frame): OpenStream | undefined {
    const id = streamOf(one);
    if (id > this.#last || id % 2 === 0) throw new ConnectionError(`type ${one.type} on an idle stream`);
    const stream = this.#streams.get(id);
    if (stream === undefined) this.#isArguable = true;
    return stream;
  }

  #data(one: Frame): void {
    const stream = this.#known(one);
    // What comes on a stream that is closed may be thrown away unread.
    if (stream === undefined || !this.#isOpen(stream) || stream.request === undefined) return;
    const content = contentOf(one);
    if (content === undefined) throw new ConnectionError('more padding than DATA');
    stream.request = { ...stream.request, body: stream.request.body + content };
    if (stream.request.body.length > (stream.length ?? Number.POSITIVE_INFINITY)) spoil(stream, 'more than its length');
    else if (hasFlag(one, FLAG.endStream)) endStream(stream);
  }

  /** May more come on it? RFC 9113, 5.1: what comes behind its end is an error of the stream or of the connection. */
  #isOpen(stream: OpenStream): boolean {
    if (stream.verdict === 'cut' && !stream.isReset) return true;
    if (stream.verdict !== 'malformed') {
      stream.isGivenUp = true;
      this.#isArguable = true;
    }
    return false;
  }

  #headers(one: Frame): void {
    const [id, fragments] = [streamOf(one), contentOf(one)];
    if (fragments === undefined) throw new ConnectionError('more padding or priority than HEADERS');
    if (id % 2 === 0) throw new ConnectionError(`HEADERS on stream ${id}`);
    this.#block = { stream: id, endsStream: hasFlag(one, FLAG.endStream), fragments };
    if (hasFlag(one, FLAG.endHeaders)) this.#section(this.#block);
  }

  #continuation(one: Frame): void {
    if (this.#block === undefined) throw new ConnectionError('CONTINUATION of nothing');
    this.#block.fragments += one.payload;
    if (hasFlag(one, FLAG.endHeaders)) this.#section(this.#block);
  }

  #section({ stream: id, endsStream, fragments }: OpenBlock): void {
    this.#block = undefined;
    const fields = this.#hpack.read(fragments);
    if (typeof fields === 'string') throw new ConnectionError(fields);
    const stream = this.#streams.get(id);
    if (stream !== undefined) {
      if (this.#isOpen(stream)) takeTrailers(stream, fields, endsStream);
      return;
    }
    // RFC 9113, 5.1.1: a higher number has closed it.
    this.#isArguable ||= id <= this.#last;
    if (id <= this.#last) return;
    this.#last = id;
    const opened = openStream(id, fields);
    this.#streams.set(id, opened);
    if (endsStream) endStream(opened);
  }

  #reset(one: Frame): void {
    const stream = this.#known(one);
    if (stream !== undefined) Object.assign(stream, { isReset: true, isGivenUp: true });
  }

  #settings(one: Frame): void {
    if (hasFlag(one, FLAG.ack)) {
      // We say SETTINGS once.
      this.#acknowledgements += 1;
      this.#isArguable ||= this.#acknowledgements > 1;
    }
    this.#window = initialWindowOf(one) ?? this.#window;
    for (const id of this.#opened.keys()) this.#watchWindow(id);
  }

  #windowUpdate(one: Frame): void {
    const [id, more] = [streamOf(one), valueAt(one.payload, 0, 4) % 2 ** 31];
    const stream = id === 0 ? undefined : this.#known(one);
    if (id === 0 && more === 0) throw new ConnectionError('a window opened by nothing');
    if (more === 0 && stream !== undefined) {
      this.#isArguable = true;
      if (this.#streams.get(id)?.verdict === 'cut') spoil(stream, 'a window opened by nothing');
      else stream.isGivenUp = true;
    }
    this.#opened.set(id, (this.#opened.get(id) ?? 0) + more);
    this.#watchWindow(id);
  }

  /** How much of a window was used by then only the other side knows. */
  #watchWindow(id: number): void {
    const base = id === 0 ? DEFAULT_WINDOW : this.#window;
    if (base + (this.#opened.get(id) ?? 0) <= MAX_WINDOW) return;
    this.#isArguable = true;
    const stream = this.#streams.get(id);
    if (stream !== undefined) stream.isGivenUp = true;
  }
}

/** Reads what a client sent, from its preface on, as strictly as RFC 9113 and 7541 are written. */
export function readConversation(bytes: string): Http2Conversation {
  return new ConversationReader().read(bytes);
}
