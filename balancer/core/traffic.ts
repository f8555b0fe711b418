import type { RoutingSnapshot, UpstreamReport } from './snapshot.ts';

/** What the routing key of a request is taken from. `request`: no key, requests walk the slots evenly. */
export type RoutingKey =
  | { readonly kind: 'request' | 'ip' | 'path' }
  | { readonly kind: 'header' | 'cookie' | 'query'; readonly name: string };

/** A certificate chain and its private key, both PEM, and the names it was made out to: lower case, `*.` for wildcards. */
export interface Certificate {
  readonly chain: string;
  readonly key: string;
  readonly names: readonly string[];
}

/** A second port, where clients speak TLS. */
export interface TlsOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** One at least; the first is shown to clients that name no server, or none of ours. */
  readonly certificates: readonly Certificate[];
}

/** Everything the data path can be told. Times in ms, sizes in bytes; 0 switches a limit off where that makes sense. */
export interface TrafficOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly workers: number;
  /** Without: clear text only. */
  readonly tls?: TlsOptions;
  /** HTTP/2 beside HTTP/1.1, on both ports; default true. */
  readonly http2?: boolean;
  readonly key: RoutingKey;
  /** `classic`: slots come from H(i) = i² + 2i + 17 over a random six-digit request id, as the assignment has it. */
  readonly slotFunction: 'murmur3' | 'classic';
  /**
   * No replica gets a request while it has more than this many times the mean in flight; the least loaded one gets it
   * instead. Above 1; default 0: off.
   */
  readonly balanceFactor?: number;
  /** What we call ourselves in Via (RFC 9110, 7.6.3), for requests and answers; default none: no Via is added. */
  readonly via?: string;
  /** Turns a replica's 404 to a GET into the contract's 400. */
  readonly contractErrors: boolean;
  /** Where the main thread serves `/rep`, `/add`, `/rm` and `/_ring/`: a Unix socket or named pipe. */
  readonly adminSocket: string;
  /** Clients whose X-Forwarded-* are appended to instead of replaced: addresses or CIDR blocks. */
  readonly trustedProxies: readonly string[];
  readonly connectTimeoutMs: number;
  /** From the request sent to the first byte of the answer. */
  readonly responseTimeoutMs: number;
  /** Between two bytes of a body, either way. */
  readonly bodyIdleTimeoutMs: number;
  /** A client has this long to send a whole header section. */
  readonly headerTimeoutMs: number;
  /** A kept-alive connection without a request. */
  readonly keepAliveTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly maxHeaderCount: number;
  readonly maxTargetBytes: number;
  /** 0: no limit. */
  readonly maxBodyBytes: number;
  /** Client connections in all; default 20000, 0: no limit. What comes beyond is answered 503. */
  readonly maxConnections?: number;
  /** Client connections of one address; default 0: no limit. */
  readonly maxConnectionsPerClient?: number;
  /** Requests on one connection, after which it is closed; default 0: no limit. */
  readonly maxRequestsPerConnection?: number;
  /** A client that sends or takes a body slower than this, over 5 s, is cut; default 100, 0: any pace will do. */
  readonly minBytesPerSecond?: number;
  /** Connections to one replica from one lane; default 4096, 0: no limit. What comes beyond waits for its turn. */
  readonly maxUpstreamConnections?: number;
  /** A request waits for a connection this long, then it is answered 503; default 10 s, 0: any time. */
  readonly queueTimeoutMs?: number;
  /** Tries for one request in all, the first included. */
  readonly maxAttempts: number;
  /** Retries may be at most this ratio of requests (plus a small constant for quiet times). */
  readonly retryRatio: number;
}

/** Cumulative since the seat was last reset. */
export interface SeatTotals {
  readonly seat: number;
  /** Requests answered through this seat. */
  readonly requests: number;
  /** Answers by status class: [1xx, 2xx, 3xx, 4xx, 5xx]. */
  readonly byClass: readonly [number, number, number, number, number];
  /** Attempts that ended without an answer: refused, reset, timed out. */
  readonly failed: number;
  /** Attempts that were made because another seat failed. */
  readonly retries: number;
  readonly inFlight: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface TrafficTotals {
  readonly seats: readonly SeatTotals[];
  /** Requests by slot, 512 of them, cumulative. */
  readonly slots: Float64Array;
  /** Requests in all, those that no replica answered included. */
  readonly requests: number;
  readonly retried: number;
  /** Requests that a replica's failure let end in an error or a cut answer. */
  readonly lost: number;
  /** Requests that went to the least loaded replica because their own had more than its share. */
  readonly spilled: number;
  readonly clientConnections: number;
}

/** The traffic plane as the main thread sees it. */
export interface TrafficPlane {
  /** The port it listens on. */
  readonly port: number;
  /** Hands a snapshot to every worker; in force within a millisecond. */
  publish(snapshot: RoutingSnapshot): void;
  /** Takes an instance's seat in or out at once, ahead of the next snapshot (shared memory, no message). */
  setAvailable(seat: number, available: boolean): void;
  /** Zeroes a seat's counters, before another replica takes its number. */
  resetSeat(seat: number): void;
  totals(): TrafficTotals;
  /** Latency histogram of a seat, cumulative, summed over workers; buckets as in `histogram.ts`. */
  latency(seat: number): Float64Array;
  onReport(listener: (report: UpstreamReport) => void): void;
  /** Stops accepting, lets requests in flight finish for at most `graceMs`, then ends. */
  stop(graceMs: number): Promise<void>;
}

/** The traffic plane as whoever starts it sees it. */
export interface ListeningPlane extends TrafficPlane {
  /** The port where clients speak TLS; null without one. */
  readonly tlsPort: number | null;
  /** TLS connections made from now on get these; without TLS nothing happens. */
  setCertificates(certificates: readonly Certificate[]): void;
}
