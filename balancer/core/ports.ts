import type { Resources } from './resources.ts';

/** Time. `now` never jumps; `wallTime` is for people and for what is stored. */
export interface Clock {
  /** Monotonic, ms. */
  now(): number;
  /** ms since the Unix epoch. */
  wallTime(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A number in [0, 1). */
export type Random = () => number;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export type InstanceState = 'running' | 'paused' | 'exited';

/** A container or process. `id` is unique for ever; an address is not (Docker reuses addresses at once). */
export interface Instance {
  readonly id: string;
  /** The replica's name: hostname and container name. */
  readonly name: string;
  /** The seat it was started for, 1..127. */
  readonly seat: number;
  readonly address: Address;
  readonly state: InstanceState;
  /** A spare for its seat, which waits to be promoted. */
  readonly standby: boolean;
  /** Image or command line. */
  readonly origin: string;
  readonly pid: number | null;
  /** Wall time, ms. */
  readonly startedAt: number;
}

export interface InstanceSpec {
  readonly name: string;
  readonly seat: number;
  /** A spare beside the seat's instance: nobody finds it under the replica's name until it is promoted. */
  readonly standby?: boolean;
}

export type RuntimeEvent =
  | { readonly kind: 'exited'; readonly id: string; readonly name: string; readonly reason: string }
  | { readonly kind: 'paused' | 'unpaused' | 'started'; readonly id: string; readonly name: string }
  /** The runtime stopped answering (the Docker daemon is gone), or answers again. */
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'back' };

export interface LogLine {
  /** Wall time, ms. */
  readonly at: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

export interface LogQuery {
  /** Last lines to begin with. */
  readonly tail: number;
  /** Go on with new lines until the signal aborts. */
  readonly follow: boolean;
}

/** What the runtime can do beyond start, stop and list; `static` upstreams can do nothing. */
export interface RuntimeAbilities {
  readonly lifecycle: boolean;
  readonly pause: boolean;
  /** Can start a spare and promote it later. */
  readonly standby: boolean;
  readonly logs: boolean;
  readonly stats: boolean;
}

/**
 * Starts and stops instances. Every call rejects with a RuntimeError. Implementations: process, docker, static.
 * Only instances of this balancer's own fleet are seen or touched.
 */
export interface Runtime {
  readonly kind: 'process' | 'docker' | 'static';
  readonly abilities: RuntimeAbilities;
  /** In words, for people: "Docker 20.10.24, network net1, image ringmaster-server". */
  readonly detail: string;
  /** Makes what instances need (network, image); resolves when `start` can work. */
  prepare(signal: AbortSignal): Promise<void>;
  /**
   * Creates and starts an instance; resolves when it runs, not when it is healthy. If an exited instance of this
   * fleet still holds the name it is moved aside, not waited for. Nothing is left behind when it rejects or is aborted.
   */
  start(spec: InstanceSpec, signal: AbortSignal): Promise<Instance>;
  /** SIGTERM, then SIGKILL after `graceMs`. Resolves when it has exited. Stopping what has exited is fine. */
  stop(id: string, graceMs: number, signal: AbortSignal): Promise<void>;
  /** SIGKILL. Resolves when the signal was sent; the `exited` event follows. */
  kill(id: string, signal: AbortSignal): Promise<void>;
  pause(id: string, signal: AbortSignal): Promise<void>;
  unpause(id: string, signal: AbortSignal): Promise<void>;
  /**
   * Makes a standby its seat's instance, under the same id: it goes on if it was paused, and then gets the replica's
   * name, as soon as a dead predecessor has given it up; that is not waited for.
   */
  promote(id: string, signal: AbortSignal): Promise<Instance>;
  /** Stops and starts the same instance; its id stays where the runtime can keep it. */
  restart(id: string, graceMs: number, signal: AbortSignal): Promise<Instance>;
  /** Removes every trace of an instance, killing it if it still runs. Removing what is gone is fine. */
  remove(id: string, signal: AbortSignal): Promise<void>;
  list(signal: AbortSignal): Promise<readonly Instance[]>;
  /** Delivers events until aborted; reconnects by itself and reports `lost` and `back`. */
  watch(onEvent: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<void>;
  logs(id: string, query: LogQuery, signal: AbortSignal): AsyncIterable<LogLine>;
  /** A sample about once a second until aborted. */
  stats(id: string, signal: AbortSignal): AsyncIterable<Resources>;
  /** Releases sockets and watchers. Instances stay as they are. */
  close(): Promise<void>;
}

export type ProbeResult =
  | { readonly ok: true; readonly durationMs: number }
  | { readonly ok: false; readonly durationMs: number; readonly reason: string };

/** Asks an instance whether it is well. Never rejects but by abort. */
export interface HealthProbe {
  probe(address: Address, timeoutMs: number, signal: AbortSignal): Promise<ProbeResult>;
  close(): Promise<void>;
}
