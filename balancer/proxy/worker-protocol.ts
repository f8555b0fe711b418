import type { RoutingSnapshot, UpstreamReport } from '../core/snapshot.ts';
import type { Certificate, TrafficOptions } from '../core/traffic.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly options: TrafficOptions;
  readonly board: SharedArrayBuffer;
  /** 0-based: which block of the board is its own. */
  readonly index: number;
  /** The port itself; never 0. */
  readonly port: number;
  /** Where clients speak TLS; null without it. */
  readonly tls: WorkerTls | null;
  /** The port is shared: with other workers, and between several listeners of each. */
  readonly reusePort: boolean;
  /** null until the first one is published. */
  readonly snapshot: RoutingSnapshot | null;
}

export interface WorkerTls {
  /** The port itself; never 0. */
  readonly port: number;
  readonly certificates: readonly Certificate[];
  /** The same in all workers, so that a client may resume a session with any of them. 48 bytes. */
  readonly ticketKeys: Uint8Array;
}

export type ToWorker =
  | { readonly kind: 'snapshot'; readonly snapshot: RoutingSnapshot }
  | { readonly kind: 'certificates'; readonly certificates: readonly Certificate[] }
  /** Accept nothing more, finish what is in flight, then end. */
  | { readonly kind: 'drain' };

export type FromWorker =
  | { readonly kind: 'listening' }
  | { readonly kind: 'listen-failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'report'; readonly report: UpstreamReport };
