import type { SeatRoute } from '../core/snapshot.ts';
import { AWAY, isOwnFault } from './blameless.ts';
import { Deadline, type DeadlineWheel } from './deadlines.ts';
import { type ConnectionHome, UpstreamConnection } from './upstream-connection.ts';
import { WaitingLine } from './waiting-line.ts';

/** An idle connection is given up before usual servers give it up (Node's default is 5 s). */
export const IDLE_MS = 4000;
/** A request that must not be sent twice gets a connection no older than this: it may just be closing. */
const FRESH_MS = 500;
const SWEEP_MS = 1000;
/** Idle connections kept for one instance; what a peak opened beyond is closed. */
const MAX_IDLE = 1024;
/** A new connection without an answer counts as opening for this long: the replica may not have accepted it yet. */
const SETTLE_MS = 50;
/** Out of files or ports ourselves: when to try again. */
const AGAIN_MS = 50;

export interface PoolLimits {
  readonly connectTimeoutMs: number;
  /** Connections to one instance. */
  readonly maxConnections: number;
  /** Of these, so many may be opening: usual servers let 128 wait to be accepted, and turn away the rest. */
  readonly maxOpening: number;
}

/** Why there is no connection. */
export type NoConnection = 'refused' | 'timeout';

/** A request that waits for a connection. */
export interface PoolGuest {
  onConnection(connection: UpstreamConnection): void;
  onNoConnection(fault: NoConnection, detail: string): void;
}

/**
 * The fast lane's connections to one instance. The last one used is used first, so that a quiet pool shrinks. Where
 * none is idle, requests wait in a line for the next one that is opened or becomes free.
 */
export class UpstreamPool implements ConnectionHome {
  readonly #route: SeatRoute;
  readonly #deadlines: DeadlineWheel;
  readonly #limits: PoolLimits;
  readonly #onIdleClosed: (route: SeatRoute) => void;
  readonly #idle: UpstreamConnection[] = [];
  readonly #line = new WaitingLine<PoolGuest>();
  /** Those being connected, and those that have not answered since. */
  readonly #opening = new Map<UpstreamConnection, Deadline>();
  readonly #sweep = new Deadline(() => this.#sweepIdle());
  readonly #again = new Deadline(() => this.#openMore());
  #connecting = 0;
  #count = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #isRetired = false;

  constructor(
    route: SeatRoute,
    deadlines: DeadlineWheel,
    limits: PoolLimits,
    onIdleClosed: (route: SeatRoute) => void,
  ) {
    this.#route = route;
    this.#deadlines = deadlines;
    this.#limits = limits;
    this.#onIdleClosed = onIdleClosed;
    deadlines.arm(this.#sweep, SWEEP_MS);
  }

  /**
   * An idle connection; or null, and the guest is told when there is one. `mayBeStale`: a request that can be sent
   * again if it was closing.
   */
  take(guest: PoolGuest, mayBeStale: boolean): UpstreamConnection | null {
    const last = this.#idle.at(-1);
    if (last !== undefined && (mayBeStale || this.#deadlines.nowMs - last.idleSince < FRESH_MS)) {
      this.#idle.pop();
      return last;
    }
    this.#line.join(guest);
    this.#openMore();
    return null;
  }

  /** It waits no longer. */
  leave(guest: PoolGuest): void {
    this.#line.leave(guest);
  }

  #openMore(): void {
    while (this.#connecting < this.#line.length && this.#opening.size < this.#limits.maxOpening && this.#makeRoom()) {
      this.#connect();
    }
  }

  /** False: as many as may be are busy. */
  #makeRoom(): boolean {
    // Those who wait want a fresh one.
    if (this.#count >= this.#limits.maxConnections) this.#idle.shift()?.drop();
    return this.#count < this.#limits.maxConnections;
  }

  #connect(): void {
    const connection = new UpstreamConnection(this.#route.host, this.#route.port, this);
    const deadline = new Deadline(() => this.#expire(connection));
    this.#count++;
    this.#connecting++;
    this.#opening.set(connection, deadline);
    this.#deadlines.arm(deadline, this.#limits.connectTimeoutMs);
  }

  #expire(connection: UpstreamConnection): void {
    if (connection.isConnected) {
      this.#settle(connection);
      this.#openMore();
      return;
    }
    connection.drop();
    this.failed('timeout', 'connect timeout');
  }

  /** It is opening no more. */
  #settle(connection: UpstreamConnection): void {
    const deadline = this.#opening.get(connection);
    if (deadline === undefined) return;
    this.#deadlines.disarm(deadline);
    this.#opening.delete(connection);
  }

  connected(connection: UpstreamConnection): void {
    this.#connecting--;
    const deadline = this.#opening.get(connection);
    if (deadline !== undefined) this.#deadlines.arm(deadline, SETTLE_MS);
    this.#offer(connection);
  }

  /** Gives it to who waits first. */
  #offer(connection: UpstreamConnection): void {
    const guest = this.#line.next();
    if (guest !== undefined) guest.onConnection(connection);
    else if (this.#isRetired || this.#idle.length >= MAX_IDLE) connection.drop();
    else {
      connection.idleSince = this.#deadlines.nowMs;
      this.#idle.push(connection);
    }
  }

  release(connection: UpstreamConnection): void {
    this.#answeredAt = this.#deadlines.nowMs;
    const wasOpening = this.#opening.size > 0;
    if (wasOpening) this.#settle(connection);
    this.#offer(connection);
    if (wasOpening) this.#openMore();
  }

  lost(connection: UpstreamConnection, wasIdle: boolean): void {
    this.#count--;
    this.#settle(connection);
    if (!connection.isConnected) {
      // Whether another one is worth trying depends on why.
      this.#connecting--;
      return;
    }
    if (wasIdle) {
      const at = this.#idle.indexOf(connection);
      if (at >= 0) this.#idle.splice(at, 1);
      if (!this.#isRetired) this.#onIdleClosed(this.#route);
    }
    this.#openMore();
  }

  failed(fault: NoConnection, detail: string): void {
    // A replica that answers others has only no room for more at the moment.
    const isBusy = fault === 'timeout' && this.#deadlines.nowMs - this.#answeredAt < this.#limits.connectTimeoutMs;
    if (isBusy) this.#openMore();
    else if (isOwnFault(detail)) this.#deadlines.arm(this.#again, AGAIN_MS);
    else this.#sendAway(fault, detail);
  }

  #sendAway(fault: NoConnection, detail: string): void {
    for (const guest of this.#line.clear()) guest.onNoConnection(fault, detail);
  }

  /** The instance is out of rotation: nobody is to wait for it any longer. */
  close(): void {
    this.#sendAway('refused', AWAY);
  }

  #sweepIdle(): void {
    const oldest = this.#deadlines.nowMs - IDLE_MS;
    const kept = this.#idle.findIndex((connection) => connection.idleSince > oldest);
    for (const connection of this.#idle.splice(0, kept < 0 ? this.#idle.length : kept)) connection.drop();
    if (!this.#isRetired) this.#deadlines.arm(this.#sweep, SWEEP_MS);
  }

  /** Closes what is idle now, and the rest as it becomes idle. */
  retire(): void {
    this.#isRetired = true;
    this.#deadlines.disarm(this.#sweep);
    for (const connection of this.#idle.splice(0)) connection.drop();
    this.close();
  }
}
