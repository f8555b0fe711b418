import type { Pool } from 'undici';
import type { RoutingSnapshot, SeatRoute } from '../core/snapshot.ts';
import type { TrafficOptions } from '../core/traffic.ts';
import type { DeadlineWheel } from './deadlines.ts';
import { type FlatFields, REPLICA_FIELD } from './general-fields.ts';
import { limitsOf, type TrafficLimits } from './traffic-limits.ts';
import { connectorFor, createPool } from './undici-pool.ts';
import { IDLE_MS, UpstreamPool } from './upstream-pool.ts';

/** One instance as a worker reaches it, with its connections. */
export interface Replica {
  readonly route: SeatRoute;
  /** What is added to its answers: its name, and our Via. */
  readonly added: FlatFields;
  /** The same, as lines. */
  readonly signature: string;
  /** The fast lane's connections. */
  readonly pool: UpstreamPool;
  readonly general: GeneralPool;
}

function originOf(route: SeatRoute): string {
  const host = route.host.includes(':') ? `[${route.host}]` : route.host;
  return `http://${host}:${route.port}`;
}

/** What is added to a replica's answers. */
function addedTo({ name }: SeatRoute, { via = '' }: TrafficOptions): FlatFields {
  return via === '' ? [REPLICA_FIELD, name] : [REPLICA_FIELD, name, 'Via', `1.1 ${via}`];
}

function linesOf(flat: FlatFields): string {
  return flat.map((part, i) => (i % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('');
}

function openPool(route: SeatRoute, options: TrafficOptions, limits: TrafficLimits): Pool {
  const { maxUpstreamConnections } = limits;
  return createPool(originOf(route), {
    connect: connectorFor(options.connectTimeoutMs, limits.maxOpening),
    connections: maxUpstreamConnections === Number.POSITIVE_INFINITY ? null : maxUpstreamConnections,
    headersTimeout: options.responseTimeoutMs,
    bodyTimeout: options.bodyIdleTimeoutMs,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    maxHeaderSize: Math.max(options.maxHeaderBytes, 16_384),
    pipelining: 1,
    allowH2: false,
  });
}

/** The general lane's connections to one instance, from the first request that takes it. */
class GeneralPool {
  readonly #open: () => Pool;
  #pool: Pool | null = null;

  constructor(open: () => Pool) {
    this.#open = open;
  }

  get dispatcher(): Pool {
    this.#pool ??= this.#open();
    return this.#pool;
  }

  retire(): void {
    this.#pool?.close().catch(() => undefined);
  }
}

const EMPTY: RoutingSnapshot = { version: 0, candidates: new Uint8Array(512), depth: 1, seats: [] };

/**
 * The snapshot in force and the connections to what it names. Instances keep their connections from one snapshot to
 * the next; those of an instance that is gone are closed when their last request has ended.
 */
export class Replicas {
  snapshot: RoutingSnapshot = EMPTY;
  readonly #options: TrafficOptions;
  readonly #limits: TrafficLimits;
  readonly #deadlines: DeadlineWheel;
  readonly #onIdleClosed: (route: SeatRoute) => void;
  #bySeat: (Replica | undefined)[] = [];
  #byInstance = new Map<string, Replica>();

  constructor(options: TrafficOptions, deadlines: DeadlineWheel, onIdleClosed: (route: SeatRoute) => void) {
    this.#options = options;
    this.#limits = limitsOf(options);
    this.#deadlines = deadlines;
    this.#onIdleClosed = onIdleClosed;
  }

  at(seat: number): Replica | undefined {
    return this.#bySeat[seat];
  }

  apply(snapshot: RoutingSnapshot): void {
    const before = this.#byInstance;
    const bySeat: (Replica | undefined)[] = [];
    const byInstance = new Map<string, Replica>();
    for (const route of snapshot.seats) {
      const replica = this.#renew(before.get(route.instanceId), route);
      bySeat[route.seat] = replica;
      byInstance.set(route.instanceId, replica);
    }
    this.snapshot = snapshot;
    this.#bySeat = bySeat;
    this.#byInstance = byInstance;
    for (const [id, replica] of before) {
      if (byInstance.get(id)?.pool !== replica.pool) retire(replica);
    }
    // Last of all: those who waited choose anew.
    for (const { route, pool } of byInstance.values()) if (!route.available) pool.close();
  }

  #renew(known: Replica | undefined, route: SeatRoute): Replica {
    const same = known?.route.host === route.host && known.route.port === route.port;
    if (known !== undefined && same) return { ...known, route };
    const added = addedTo(route, this.#options);
    const limits = {
      connectTimeoutMs: this.#options.connectTimeoutMs,
      maxConnections: this.#limits.maxUpstreamConnections,
      maxOpening: this.#limits.maxOpening,
    };
    return {
      route,
      added,
      signature: linesOf(added),
      pool: new UpstreamPool(route, this.#deadlines, limits, this.#onIdleClosed),
      general: new GeneralPool(() => openPool(route, this.#options, this.#limits)),
    };
  }
}

function retire(replica: Replica): void {
  replica.pool.retire();
  replica.general.retire();
}
