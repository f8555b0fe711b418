import { connect, type Socket, type SocketConstructorOpts, Socket as TcpSocket } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { DirectWriter } from './direct-writer.ts';

/** Bytes read at once. A larger buffer did not make 64 KiB answers faster. */
export const READ_BUFFER_BYTES = 65_536;

/** Read at once where nobody wants it. */
const DISCARDED_BYTES = 4096;

/** What a wire tells its owner. `bytes` is lent: it holds other bytes after the call unless the wire is paused in it. */
export interface WireOwner {
  onBytes(bytes: Buffer, length: number): void;
  /** The other side will send nothing more. */
  onEnd(): void;
  /** Everything written has left; `isBlocked` is false again. */
  onDrain(): void;
  /** Once, at the end of it; null when nothing went wrong. */
  onClose(error: Error | null): void;
}

/** A client that was let in. */
export interface Accepted {
  readonly socket: Socket;
  /** The TCP connection: `socket` itself, or what carries its TLS. */
  readonly carrier: Socket;
}

/** Node's handle of a TCP socket; it belongs to whichever Socket object was made for it last. */
interface SocketInternals {
  _handle?: object | null;
}

/**
 * A TCP connection read through one buffer that stays in place, instead of one allocated for each read: worth 20 % of
 * the throughput. Writes larger than the kernel's buffer are lent, not copied: see `isBlocked`.
 */
export class Wire {
  readonly #socket: Socket;
  #carrier: Socket;
  #error: Error | null = null;
  #isClosed = false;
  #isPaused = false;
  #writer: DirectWriter | null = null;
  /** Called behind each write to the stream, where its own `drain` does not do. */
  #onWritten: (() => void) | undefined;

  private constructor(socket: Socket, owner: WireOwner) {
    this.#socket = socket;
    this.#carrier = socket;
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('end', () => {
      if (!this.#isClosed) owner.onEnd();
    });
    socket.on('drain', () => {
      if (!this.#isClosed) owner.onDrain();
    });
    socket.on('close', () => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      owner.onClose(this.#error);
    });
  }

  /** Takes over a connection that was accepted paused. `buffer` may be shared by wires whose owners never keep bytes. */
  static accepted({ socket, carrier }: Accepted, owner: WireOwner, buffer: Buffer): Wire {
    const internals = socket as SocketInternals;
    // A TLS socket does more than its handle.
    const handle = socket === carrier ? internals._handle : null;
    if (handle === null || handle === undefined) return Wire.#plain({ socket, carrier }, owner);
    internals._handle = null;
    socket.destroy();
    // `onread` is documented for sockets that connect; with a handle it works as well.
    const options = {
      handle,
      allowHalfOpen: true,
      // So that `drain` follows whenever something is left to be written.
      writableHighWaterMark: 1,
      onread: { buffer, callback: (length: number, bytes: Uint8Array) => deliver(owner, bytes, length) },
    };
    const taken = new TcpSocket(options as unknown as SocketConstructorOpts);
    const wire = new Wire(taken, owner);
    wire.#writeDirectly(owner);
    taken.resume();
    return wire;
  }

  /** Where the handle cannot be taken over. */
  static #plain({ socket, carrier }: Accepted, owner: WireOwner): Wire {
    const wire = new Wire(socket, owner);
    wire.#carrier = carrier;
    // Its high-water mark is above what makes us say `isBlocked`, and below it there is no `drain`.
    wire.#onWritten = () => {
      if (!wire.#isClosed && !wire.isBlocked) owner.onDrain();
    };
    socket.on('data', (bytes: Buffer) => owner.onBytes(bytes, bytes.length));
    socket.resume();
    return wire;
  }

  static connect(host: string, port: number, owner: WireOwner & { onConnect(): void }): Wire {
    const options = {
      host,
      port,
      noDelay: true,
      allowHalfOpen: true,
      writableHighWaterMark: 1,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BUFFER_BYTES),
        callback: (length: number, bytes: Uint8Array) => deliver(owner, bytes, length),
      },
    };
    const socket = connect(options);
    const wire = new Wire(socket, owner);
    socket.once('connect', () => {
      if (wire.#isClosed) return;
      wire.#writeDirectly(owner);
      owner.onConnect();
    });
    return wire;
  }

  /** Is something written still waiting for the other side? Then what was written last must stay as it is. */
  get isBlocked(): boolean {
    return (this.#writer !== null && this.#writer.pending > 0) || this.#socket.writableLength > 0;
  }

  /** Was it told to read nothing more for now? */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  /** Bytes that have gone over it, both ways. */
  get movedBytes(): number {
    return this.#socket.bytesRead + this.#socket.bytesWritten;
  }

  /** One byte for each character. */
  writeText(text: string): void {
    if (this.#writer === null) this.#socket.write(text, 'latin1', this.#onWritten);
    else if (!this.#isClosed && text !== '') this.#check(this.#writer.text(text));
  }

  writeBytes(bytes: Uint8Array): void {
    if (this.#writer === null) this.#socket.write(bytes, this.#onWritten);
    else if (!this.#isClosed && bytes.length > 0) this.#check(this.#writer.bytes(bytes));
  }

  #check(status: number): void {
    if (status === 0) return;
    const code = getSystemErrorName(status);
    this.#socket.destroy(Object.assign(new Error(`write ${code}`), { code }));
  }

  /** From here on writes go past the stream. Only for a socket that is connected. */
  #writeDirectly(owner: WireOwner): void {
    const { _handle: handle } = this.#socket as SocketInternals;
    this.#writer = DirectWriter.for(handle, (status) => {
      if (this.#isClosed) return;
      if (status !== 0) this.#check(status);
      else if (!this.isBlocked) owner.onDrain();
    });
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  /** Gives the connection up to somebody else, who finds these bytes ahead of what comes. The owner hears no more of it. */
  release(unread: Buffer): Accepted {
    this.#isClosed = true;
    const socket = this.#detach();
    socket.unshift(unread);
    return { socket, carrier: this.#carrier === this.#socket ? socket : this.#carrier };
  }

  #detach(): Socket {
    const internals = this.#socket as SocketInternals;
    if (this.#writer === null && this.#onWritten !== undefined) {
      this.#socket.removeAllListeners('data').pause();
      return this.#socket;
    }
    const { _handle: handle } = internals;
    internals._handle = null;
    this.#socket.destroy();
    // Whoever takes it reads through the handle; what comes when they have let go of it has to go somewhere.
    const onread = { buffer: Buffer.allocUnsafeSlow(DISCARDED_BYTES), callback: () => true };
    return new TcpSocket({ handle, allowHalfOpen: true, onread } as unknown as SocketConstructorOpts);
  }

  /** Sends what is written, then that nothing more follows. Reading goes on. */
  end(): void {
    this.#socket.end();
  }

  /** Drops the connection. The owner is not told: it is the one who wants it gone. */
  destroy(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.destroy();
  }

  /** Drops it with a reset, so that the other side cannot take what it got for the whole. */
  reset(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#carrier.resetAndDestroy();
    this.#socket.destroy();
  }
}

function deliver(owner: WireOwner, bytes: Uint8Array, length: number): boolean {
  owner.onBytes(bytes as Buffer, length);
  return true;
}
