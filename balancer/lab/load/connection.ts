import { connect, type Socket } from 'node:net';
import type { LoadSpec } from '../../../lib/lab/load.ts';
import { AnswerReader } from './answer-reader.ts';
import type { Outcome } from './recorder.ts';

/** All connections read into the same room: a reader keeps nothing of it. */
const ROOM = Buffer.allocUnsafeSlow(65_536);

interface InFlight {
  readonly sentMs: number;
  readonly done: (outcome: Outcome) => void;
}

/**
 * One kept-alive connection, with one request on it at a time; it is opened again when it was closed. On plain sockets:
 * an HTTP client of the usual kind takes as much of the processor as the balancer does, and both share the machine.
 */
export class Connection {
  readonly #host: string;
  readonly #port: number;
  readonly #timeoutMs: number;
  readonly #isToHead: boolean;
  readonly #answer = new AnswerReader();
  #socket: Socket | null = null;
  #inFlight: InFlight | null = null;

  constructor(origin: string, { method, timeoutMs }: LoadSpec) {
    const { hostname, port } = new URL(origin);
    this.#host = hostname.replaceAll(/[[\]]/g, '');
    this.#port = Number(port || 80);
    this.#timeoutMs = timeoutMs;
    this.#isToHead = method === 'HEAD';
  }

  /** Calls back exactly once, after the answer's last byte or when it is clear that there will be none. */
  send(request: string, sentMs: number, done: (outcome: Outcome) => void): void {
    this.#inFlight = { sentMs, done };
    this.#answer.begin(this.#isToHead);
    this.#socket ??= this.#open();
    this.#socket.write(request, 'latin1');
  }

  /** Gives up what has waited for too long. */
  expire(nowMs: number): void {
    if (this.#inFlight === null || nowMs - this.#inFlight.sentMs < this.#timeoutMs) return;
    this.#drop();
    this.#finish({ kind: 'unanswered', reason: `no whole answer within ${this.#timeoutMs} ms` });
  }

  /** Cuts what is in flight. */
  close(): void {
    this.#inFlight = null;
    this.#drop();
  }

  #open(): Socket {
    const socket: Socket = connect({
      host: this.#host,
      port: this.#port,
      noDelay: true,
      onread: { buffer: ROOM, callback: (length) => this.#onBytes(socket, length) },
    });
    let reason = 'the connection was closed before the answer was whole';
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('end', () => this.#onEnd(socket));
    socket.on('close', () => this.#onClose(socket, reason));
    return socket;
  }

  #onBytes(socket: Socket, length: number): boolean {
    if (socket !== this.#socket) return false;
    this.#answer.read(ROOM, length);
    if (this.#answer.isBroken) {
      this.#drop();
      this.#finish({ kind: 'unanswered', reason: 'what came is no valid answer' });
    } else if (this.#answer.isDone) {
      if (!this.#answer.isReusable) this.#drop();
      this.#answered();
    }
    return true;
  }

  /** For some answers the end of the connection is their end. */
  #onEnd(socket: Socket): void {
    if (socket !== this.#socket || this.#inFlight === null || !this.#answer.end()) return;
    this.#drop();
    this.#answered();
  }

  #onClose(socket: Socket, reason: string): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.#finish({ kind: 'unanswered', reason });
  }

  #answered(): void {
    this.#finish({ kind: 'answered', status: this.#answer.status, replica: this.#answer.replica });
  }

  #finish(outcome: Outcome): void {
    const done = this.#inFlight?.done;
    this.#inFlight = null;
    done?.(outcome);
  }

  #drop(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }
}
