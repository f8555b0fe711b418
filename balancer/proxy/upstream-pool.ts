import type { SeatRoute } from '../core/snapshot.ts';
import { Deadline, type DeadlineWheel } from './deadlines.ts';
import { type ConnectionHome, UpstreamConnection } from './upstream-connection.ts';

/** An idle connection is given up before usual servers give it up (Node's default is 5 s). */
export const IDLE_MS = 4000;
/** A request that must not be sent twice gets a connection no older than this: it may just be closing. */
const FRESH_MS = 500;
const SWEEP_MS = 1000;
/** Idle connections kept for one instance; what a peak opened beyond is closed. */
const MAX_IDLE = 1024;

/** The fast lane's connections to one instance. The last one used is used first, so that a quiet pool shrinks. */
export class UpstreamPool implements ConnectionHome {
  readonly #route: SeatRoute;
  readonly #deadlines: DeadlineWheel;
  readonly #connectTimeoutMs: number;
  readonly #onIdleClosed: (route: SeatRoute) => void;
  readonly #idle: UpstreamConnection[] = [];
  readonly #connecting = new Map<UpstreamConnection, Deadline>();
  readonly #sweep = new Deadline(() => this.#sweepIdle());
  #isRetired = false;

  constructor(
    route: SeatRoute,
    deadlines: DeadlineWheel,
    connectTimeoutMs: number,
    onIdleClosed: (route: SeatRoute) => void,
  ) {
    this.#route = route;
    this.#deadlines = deadlines;
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#onIdleClosed = onIdleClosed;
    deadlines.arm(this.#sweep, SWEEP_MS);
  }

  /** An idle connection, or a new one. `mayBeStale`: a request that can be sent again if it was closing. */
  take(mayBeStale: boolean): UpstreamConnection {
    const last = this.#idle.at(-1);
    if (last !== undefined && (mayBeStale || this.#deadlines.nowMs - last.idleSince < FRESH_MS)) {
      this.#idle.pop();
      return last;
    }
    return this.#connect();
  }

  #connect(): UpstreamConnection {
    const connection = new UpstreamConnection(this.#route.host, this.#route.port, this);
    const deadline = new Deadline(() => {
      this.#connecting.delete(connection);
      connection.onConnectTimeout();
    });
    this.#connecting.set(connection, deadline);
    this.#deadlines.arm(deadline, this.#connectTimeoutMs);
    return connection;
  }

  #connected(connection: UpstreamConnection): void {
    if (this.#connecting.size === 0) return;
    const deadline = this.#connecting.get(connection);
    if (deadline === undefined) return;
    this.#deadlines.disarm(deadline);
    this.#connecting.delete(connection);
  }

  release(connection: UpstreamConnection): void {
    this.#connected(connection);
    if (this.#isRetired || this.#idle.length >= MAX_IDLE) {
      connection.drop();
      return;
    }
    connection.idleSince = this.#deadlines.nowMs;
    this.#idle.push(connection);
  }

  lost(connection: UpstreamConnection, wasIdle: boolean): void {
    this.#connected(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    if (wasIdle && !this.#isRetired) this.#onIdleClosed(this.#route);
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
  }
}
