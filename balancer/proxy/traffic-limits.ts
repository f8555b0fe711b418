import type { TrafficOptions } from '../core/traffic.ts';

/** What a client may cost, where nothing else was said. */
const MAX_CONNECTIONS = 20_000;
const MIN_BYTES_PER_SECOND = 100;
const MAX_UPSTREAM_CONNECTIONS = 4096;
/** Usual servers let 128 connections wait to be accepted. */
const MAX_OPENING = 128;
const QUEUE_TIMEOUT_MS = 10_000;

/**
 * A replica that has not said by then whether it wants a body does not know Expect (HTTP/1.0 has no such thing): it gets
 * the body all the same, as RFC 9110, 10.1.1 has clients do. curl waits as long.
 */
export const CONTINUE_WAIT_MS = 1000;
/** After the last answer: time for the client to see our end before a reset could take the answer from it. */
export const LINGER_MS = 2000;
/** While draining: a client whose request is on its way gets it answered; one that stays silent is let go. */
export const DRAIN_IDLE_MS = 500;

/** The limits of one worker. */
export interface TrafficLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerClient: number;
  readonly maxRequestsPerConnection: number;
  readonly minBytesPerSecond: number;
  readonly maxUpstreamConnections: number;
  /** Connections to one instance that may be in the making. */
  readonly maxOpening: number;
  readonly queueTimeoutMs: number;
}

/** 0 and what is above all that may come: a limit that is off. */
function share(limit: number, workers: number): number {
  return limit === 0 ? Number.POSITIVE_INFINITY : Math.ceil(limit / Math.max(1, workers));
}

/** Connections are counted worker by worker: each takes its share, since the kernel spreads them evenly by address and port. */
export function limitsOf(options: TrafficOptions): TrafficLimits {
  return {
    maxConnections: share(options.maxConnections ?? MAX_CONNECTIONS, options.workers),
    maxConnectionsPerClient: share(options.maxConnectionsPerClient ?? 0, options.workers),
    maxRequestsPerConnection: options.maxRequestsPerConnection ?? 0,
    minBytesPerSecond: options.minBytesPerSecond ?? MIN_BYTES_PER_SECOND,
    maxUpstreamConnections: share(options.maxUpstreamConnections ?? MAX_UPSTREAM_CONNECTIONS, options.workers),
    maxOpening: share(MAX_OPENING, options.workers),
    queueTimeoutMs: options.queueTimeoutMs ?? QUEUE_TIMEOUT_MS,
  };
}
