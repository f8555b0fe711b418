/**
 * The seam between the two planes. The main thread builds a RoutingSnapshot at each change and hands it to every
 * worker; workers hand back what only they see (a connection refused, an idle socket closed).
 */

/** Where a seat's requests go now. */
export interface SeatRoute {
  readonly seat: number;
  readonly name: string;
  /** Connection pools are keyed by this: a new instance never inherits its predecessor's sockets. */
  readonly instanceId: string;
  readonly host: string;
  readonly port: number;
  /** May the picker choose it? False while it is away; draining seats have no slots and stay until they are empty. */
  readonly available: boolean;
}

export interface RoutingSnapshot {
  /** Grows with each snapshot published. */
  readonly version: number;
  /** For slot s the candidates are `candidates[s * depth .. s * depth + depth - 1]`: the owner, then its understudies; 0 pads. */
  readonly candidates: Uint8Array;
  readonly depth: number;
  readonly seats: readonly SeatRoute[];
}

/** What a worker saw. `closed`: an idle kept-alive connection ended; `failed`: a request could not be served by it. */
export interface UpstreamReport {
  readonly kind: 'closed' | 'refused' | 'timeout' | 'reset' | 'answered';
  readonly seat: number;
  readonly instanceId: string;
  readonly detail: string;
}
