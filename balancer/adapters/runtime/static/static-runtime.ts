import type { Address, Instance, LogLine, Runtime, RuntimeEvent } from '../../../core/ports.ts';
import type { Resources } from '../../../core/resources.ts';
import { RuntimeError } from '../../../core/runtime-error.ts';
import { untilAborted } from '../waiting.ts';

/** Fixed upstream addresses that somebody else runs: S1, S2, … in the order given. They can be neither started nor stopped. */
export class StaticRuntime implements Runtime {
  readonly kind = 'static';
  readonly abilities = { lifecycle: false, pause: false, standby: false, logs: false, stats: false };
  readonly detail: string;
  readonly #instances: readonly Instance[];

  /** `foundAt`: wall time, ms; shown as the time they started, which nobody knows. */
  constructor(upstreams: readonly Address[], foundAt: number) {
    this.#instances = upstreams.map((address, index) => toInstance(address, index + 1, foundAt));
    this.detail = `fixed upstreams ${this.#instances.map(({ origin }) => origin).join(', ')}`;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
  }

  start(): Promise<Instance> {
    return refuse('started');
  }

  stop(): Promise<void> {
    return refuse('stopped');
  }

  kill(): Promise<void> {
    return refuse('killed');
  }

  pause(): Promise<void> {
    return refuse('paused');
  }

  unpause(): Promise<void> {
    return refuse('unpaused');
  }

  promote(): Promise<Instance> {
    return refuse('promoted');
  }

  restart(): Promise<Instance> {
    return refuse('restarted');
  }

  remove(): Promise<void> {
    return refuse('removed');
  }

  async list(signal: AbortSignal): Promise<readonly Instance[]> {
    signal.throwIfAborted();
    return this.#instances;
  }

  watch(_onEvent: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<void> {
    return untilAborted(signal);
  }

  // biome-ignore lint/correctness/useYield: it refuses before there is anything to yield
  async *logs(): AsyncIterable<LogLine> {
    await refuse('asked for logs');
  }

  // biome-ignore lint/correctness/useYield: it refuses before there is anything to yield
  async *stats(): AsyncIterable<Resources> {
    await refuse('measured');
  }

  async close(): Promise<void> {}
}

function toInstance(address: Address, seat: number, startedAt: number): Instance {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const origin = `${host}:${address.port}`;
  return {
    id: `static-${seat}-${origin}`,
    name: `S${seat}`,
    seat,
    address,
    state: 'running',
    standby: false,
    origin,
    pid: null,
    startedAt,
  };
}

async function refuse(what: string): Promise<never> {
  throw new RuntimeError('unsupported', `Fixed upstreams cannot be ${what}`);
}
