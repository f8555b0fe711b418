/**
 * Writes to a socket's handle without the stream in front of it. A stream's bookkeeping for one write costs 2–3 us, two
 * of them a request, where nearly every write is done when the system call returns. Node's own streams call the handle
 * just like this (lib/internal/stream_base_commons.js); where any of it is missing, the stream is used instead.
 */

/** A write that may have to wait; Node's native half keeps it alive until it is done. */
interface WriteRequest {
  oncomplete: ((status: number) => void) | null;
  buffer: Uint8Array | null;
}

interface WritableHandle {
  writeLatin1String(request: WriteRequest, text: string): number;
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
}

interface StreamBinding {
  readonly WriteWrap: new () => WriteRequest;
  readonly streamBaseState: Int32Array;
  readonly kLastWriteWasAsync: number;
}

function isStreamBinding(binding: unknown): binding is StreamBinding {
  return (
    typeof binding === 'object' &&
    binding !== null &&
    'WriteWrap' in binding &&
    typeof binding.WriteWrap === 'function' &&
    'streamBaseState' in binding &&
    binding.streamBaseState instanceof Int32Array &&
    'kLastWriteWasAsync' in binding &&
    typeof binding.kLastWriteWasAsync === 'number'
  );
}

/** null where this Node has no such thing. */
function findBinding(): StreamBinding | null {
  const { binding } = process as unknown as { binding?: (name: string) => unknown };
  try {
    const found = binding?.call(process, 'stream_wrap');
    return isStreamBinding(found) ? found : null;
  } catch {
    return null;
  }
}

function isWritableHandle(handle: unknown): handle is WritableHandle {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    'writeLatin1String' in handle &&
    typeof handle.writeLatin1String === 'function' &&
    'writeBuffer' in handle &&
    typeof handle.writeBuffer === 'function'
  );
}

const BINDING = findBinding();

export class DirectWriter {
  readonly #handle: WritableHandle;
  readonly #binding: StreamBinding;
  readonly #onDone: (status: number) => void;
  #request: WriteRequest;
  #pending = 0;

  private constructor(handle: WritableHandle, binding: StreamBinding, onDone: (status: number) => void) {
    this.#handle = handle;
    this.#binding = binding;
    this.#onDone = onDone;
    this.#request = new binding.WriteWrap();
  }

  /** For a connected socket's handle; null where it cannot be written to directly. `onDone` hears of writes that waited. */
  static for(handle: unknown, onDone: (status: number) => void): DirectWriter | null {
    return BINDING !== null && isWritableHandle(handle) ? new DirectWriter(handle, BINDING, onDone) : null;
  }

  /** Writes that still wait for the other side. */
  get pending(): number {
    return this.#pending;
  }

  /** 0, or the system's error code, below 0. */
  text(text: string): number {
    const status = this.#handle.writeLatin1String(this.#request, text);
    if (this.#binding.streamBaseState[this.#binding.kLastWriteWasAsync] !== 0) this.#keep(status, null);
    return status;
  }

  /** As `text`; the bytes are lent until the write is done. */
  bytes(bytes: Uint8Array): number {
    const status = this.#handle.writeBuffer(this.#request, bytes);
    if (this.#binding.streamBaseState[this.#binding.kLastWriteWasAsync] !== 0) this.#keep(status, bytes);
    return status;
  }

  /** A write that waits keeps its request; the next one gets another. */
  #keep(status: number, bytes: Uint8Array | null): void {
    if (status !== 0) return;
    this.#pending++;
    this.#request.buffer = bytes;
    this.#request.oncomplete = (result) => {
      this.#pending--;
      this.#onDone(result);
    };
    this.#request = new this.#binding.WriteWrap();
  }
}
