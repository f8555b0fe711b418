import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/** Node's types leave out that a TLS client, too, may end its side alone. */
type TlsOptions = ConnectionOptions & { readonly allowHalfOpen?: boolean };

/** A client that sends exactly the bytes it is told to. Text is latin1. */
export class RawClient {
  readonly socket: Socket;
  received = '';
  hasEnded = false;
  #changed = Promise.withResolvers<void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.received += bytes.toString('latin1');
      this.#notify();
    });
    const ended = () => {
      this.hasEnded = true;
      this.#notify();
    };
    socket.on('end', ended);
    socket.on('close', ended);
    socket.on('error', ended);
  }

  #notify(): void {
    const changed = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    changed.resolve();
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const client = new RawClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  /** Speaks TLS, with whoever it is that answers. */
  static async openTls(port: number, options: TlsOptions = {}): Promise<RawClient> {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    const client = new RawClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Resolves when what was received satisfies the condition; rejects when the connection ended without that. */
  async until(condition: (received: string) => boolean): Promise<string> {
    while (!condition(this.received)) {
      if (this.hasEnded) throw new Error(`the connection ended after ${JSON.stringify(this.received.slice(0, 500))}`);
      await this.#changed.promise;
    }
    return this.received;
  }

  /** Everything up to the end of the connection. */
  async all(): Promise<string> {
    while (!this.hasEnded) await this.#changed.promise;
    return this.received;
  }

  /** Waits for whole answers with a Content-Length or chunked body and takes them off what was received. */
  async answers(count: number): Promise<RawAnswer[]> {
    const answers: RawAnswer[] = [];
    while (answers.length < count) {
      const parsed = parseAnswer(this.received);
      if ('answer' in parsed) {
        answers.push(parsed.answer);
        this.received = this.received.slice(parsed.end);
      } else {
        // To look at a long answer with each piece of it that comes would take longer than all else.
        await this.until((received) => received.length >= parsed.needs);
      }
    }
    return answers;
  }

  async answer(): Promise<RawAnswer> {
    const [answer] = await this.answers(1);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  }

  close(): void {
    this.socket.destroy();
  }
}

export interface RawAnswer {
  readonly status: number;
  /** Names lower-case; several of a name joined by a comma. */
  readonly fields: Readonly<Record<string, string>>;
  readonly body: string;
  readonly trailers: string;
}

function fieldsOf(lines: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    fields[name] = name in fields ? `${fields[name]}, ${value}` : value;
  }
  return fields;
}

interface Chunked {
  readonly body: string;
  readonly trailers: string;
  readonly end: number;
}

/** null: not all of it is there. */
function chunkedEnd(text: string, from: number): Chunked | null {
  let body = '';
  let at = from;
  while (at <= text.length) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (size === 0) return withTrailers(text, body, lineEnd + 2);
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
  return null;
}

function withTrailers(text: string, body: string, from: number): Chunked | null {
  const end = text.startsWith('\r\n', from) ? from + 2 : text.indexOf('\r\n\r\n', from) + 4;
  return end < 4 ? null : { body, trailers: text.slice(from, end), end };
}

/** An answer and where it ends, or how long the text has to be at least. */
type Parsed = { readonly answer: RawAnswer; readonly end: number } | { readonly needs: number };

function parseAnswer(text: string): Parsed {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return { needs: text.length + 1 };
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  const fields = fieldsOf(lines);
  if (fields['transfer-encoding'] === 'chunked') {
    const chunked = chunkedEnd(text, headEnd + 4);
    if (chunked === null) return { needs: text.length + 1 };
    return { answer: { status, fields, body: chunked.body, trailers: chunked.trailers }, end: chunked.end };
  }
  const length = status < 200 || status === 204 || status === 304 ? 0 : Number(fields['content-length'] ?? 0);
  const end = headEnd + 4 + length;
  if (text.length < end) return { needs: end };
  return { answer: { status, fields, body: text.slice(headEnd + 4, end), trailers: '' }, end };
}
