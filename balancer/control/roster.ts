import { freeSeat } from '../../lib/ring/place.ts';
import { MAX_REPLICAS, type Member, type Ring } from '../../lib/ring/types.ts';
import { generateNames, type Plan, planAdd } from '../core/fleet-plan.ts';
import type { Instance } from '../core/ports.ts';
import { RuntimeError } from '../core/runtime-error.ts';
import { Seat } from './seat.ts';
import type { SeatParts } from './seat-parts.ts';

/** The seats in use: those of the ring's members, and those on their way in or out. */
export class Roster {
  readonly #parts: SeatParts;
  readonly #onGone: (seat: Seat) => void;
  readonly #seats = new Map<number, Seat>();
  readonly #leaving = new Map<Seat, Promise<void>>();
  /** Names that something outside this fleet holds. */
  readonly #foreignNames = new Set<string>();

  constructor(parts: SeatParts, onGone: (seat: Seat) => void) {
    this.#parts = parts;
    this.#onGone = onGone;
  }

  all(): readonly Seat[] {
    return [...this.#seats.values()].sort((a, b) => a.seat - b.seat);
  }

  at(seat: number): Seat | undefined {
    return this.#seats.get(seat);
  }

  named(name: string): Seat | undefined {
    return this.all().find((seat) => seat.name === name && seat.state.kind !== 'leaving');
  }

  /** The names that a request to add would get now: those asked for, then generated ones. */
  planNames(n: number, asked: readonly string[], ring: Ring): Plan {
    const members = ring.members.map(({ name }) => name);
    const leaving = [...this.#leaving.keys()].map(({ name }) => name);
    return planAdd(n, asked, { members, reserved: [...leaving, ...this.#foreignNames], maxReplicas: MAX_REPLICAS });
  }

  /** The seats that new members would get. */
  planSeats(names: readonly string[], ring: Ring): readonly Member[] {
    const members: Member[] = [];
    for (const name of names) {
      const reserved = [...this.#seats.keys(), ...members.map(({ seat }) => seat)];
      members.push({ name, seat: freeSeat(ring, reserved) });
    }
    return members;
  }

  /** Seats a member whose instance runs already, and its spare, or starts one. */
  seat(member: Member, drained: boolean, adopted: Instance | null, standby: Instance | null = null): Seat {
    const seat = new Seat(this.#parts, member, drained);
    this.#seats.set(member.seat, seat);
    seat.run(adopted, standby);
    return seat;
  }

  /** Starts a member's first instance, under another name while something outside the fleet holds a generated one. */
  async launch(member: Member, asked: ReadonlySet<string>): Promise<Seat> {
    const seat = this.seat(member, false, null);
    const failure = await seat.started.then(
      () => null,
      (error: unknown) => error,
    );
    const isForeign = failure instanceof RuntimeError && failure.code === 'name-taken' && !asked.has(member.name);
    if (!isForeign) return seat;
    this.#foreignNames.add(member.name);
    await seat.release();
    const taken = [...this.#foreignNames, ...[...this.#seats.values()].map(({ name }) => name)];
    const [name = member.name] = generateNames(1, new Set(taken.map((other) => other.toLowerCase())));
    return this.launch({ name, seat: member.seat }, asked);
  }

  /** Gives a seat up: its instance ends, gracefully or at once; then the number is free. */
  give(seat: Seat, graceful: boolean): Promise<void> {
    const leaving = seat.retire(graceful).then(() => {
      this.#leaving.delete(seat);
      this.#seats.delete(seat.seat);
      this.#onGone(seat);
    });
    this.#leaving.set(seat, leaving);
    return leaving;
  }

  /** Resolves when no seat that is being given up holds one of these names. */
  async namesFree(names: ReadonlySet<string>): Promise<void> {
    await Promise.all([...this.#leaving].filter(([seat]) => names.has(seat.name)).map(([, leaving]) => leaving));
  }

  /** Resolves when every seat is given up. */
  async giveAll(): Promise<void> {
    const staying = this.all().filter((seat) => !this.#leaving.has(seat));
    await Promise.all([...this.#leaving.values(), ...staying.map((seat) => this.give(seat, true))]);
  }

  /** Ends the loops and leaves the instances as they are; those that were leaving still go. */
  async releaseAll(): Promise<void> {
    const staying = this.all().filter((seat) => !this.#leaving.has(seat));
    await Promise.all([...this.#leaving.values(), ...staying.map((seat) => seat.release())]);
  }
}
