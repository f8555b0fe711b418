import type { ReplicaAction } from '../../lib/api/admin.ts';
import type { ChangeRequest } from '../../lib/api/contract.ts';
import { accepted, type Refusal, type Result, refused } from '../../lib/api/errors.ts';
import { emptyRing, freeSeat, place } from '../../lib/ring/place.ts';
import { MAX_REPLICAS, type Member, type Placement, type Ring } from '../../lib/ring/types.ts';
import { type Adoption, planAdoption } from '../core/adoption.ts';
import { generateNames, planAdd, planRemove } from '../core/fleet-plan.ts';
import { messageOf } from '../core/log.ts';
import type { Instance, RuntimeEvent } from '../core/ports.ts';
import { RuntimeError } from '../core/runtime-error.ts';
import { isAvailable } from '../core/seat-state.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import type { Store } from '../core/store.ts';
import type { TrafficPlane } from '../core/traffic.ts';
import { withDeadline } from './deadline.ts';
import { Mutex } from './mutex.ts';
import { planRefusal, runtimeRefusal } from './refusals.ts';
import { Routing } from './routing.ts';
import { Seat } from './seat.ts';
import type { SeatHost, SeatParts } from './seat-parts.ts';

export interface FleetParts extends Omit<SeatParts, 'host'> {
  readonly plane: TrafficPlane;
  readonly store: Store;
  readonly placement: Placement;
  readonly seed: number;
  /** Something about a seat changed; asked for at most once a turn of the event loop for each seat. */
  readonly onChange: (seats: ReadonlySet<number>) => void;
  /** A seat has no replica any more. */
  readonly onGone: (seat: Seat) => void;
}

const LIST_LIMIT_MS = 15_000;

/** The replicas of this balancer: the ring, a Seat for each of its members, and those that are on their way in or out. */
export class Fleet {
  readonly #parts: FleetParts;
  readonly #seatParts: SeatParts;
  readonly #routing: Routing;
  readonly #changes = new Mutex();
  readonly #seats = new Map<number, Seat>();
  readonly #leaving = new Map<Seat, Promise<void>>();
  /** Names that something outside this fleet holds. */
  readonly #foreignNames = new Set<string>();
  readonly #backWaiters = new Set<() => void>();
  #ring: Ring;
  #dirty = new Set<number>();
  #reachable = true;
  #stopping = false;
  #opened = false;

  constructor(parts: FleetParts) {
    this.#parts = parts;
    this.#routing = new Routing(parts.plane);
    this.#ring = emptyRing(parts.placement, parts.seed);
    this.#seatParts = { ...parts, host: this.#host() };
    parts.plane.onReport((report) => this.#onReport(report));
  }

  get ring(): Ring {
    return this.#ring;
  }

  /** True once what ran was taken up, or the first replicas were started. */
  get opened(): boolean {
    return this.#opened;
  }

  get runtimeReachable(): boolean {
    return this.#reachable;
  }

  /** Members, and those that are starting or leaving; by seat. */
  seats(): readonly Seat[] {
    return [...this.#seats.values()].sort((a, b) => a.seat - b.seat);
  }

  named(name: string): Seat | undefined {
    return this.seats().find((seat) => seat.name === name && seat.state.kind !== 'leaving');
  }

  /** Names of the members that may serve now, in the ring's order. */
  servingNames(): readonly string[] {
    return this.#ring.members.filter(({ seat }) => this.isUp(seat)).map(({ name }) => name);
  }

  isUp(seat: number): boolean {
    const found = this.#seats.get(seat);
    return found !== undefined && isAvailable(found.state);
  }

  /** Would somebody else still serve without this seat? */
  canSpare(seat: number): boolean {
    return this.#ring.members.some((other) => other.seat !== seat && this.isUp(other.seat));
  }

  serving(): Uint8Array {
    return this.#routing.serving(this.#ring, (seat) => this.isUp(seat));
  }

  /** Takes up what runs already, and starts what is missing. `wanted` counts only when there is nothing to take up. */
  async open(wanted: number, signal: AbortSignal): Promise<void> {
    const stored = this.#parts.store.loadFleet();
    const limit = { ms: LIST_LIMIT_MS, what: 'listing the replicas' };
    const instances = await withDeadline(this.#parts.clock, limit, signal, (s) => this.#parts.runtime.list(s));
    const { placement, seed } = this.#parts;
    const adoption = planAdoption({ stored, instances, placement, seed });
    if (adoption.note !== null) {
      this.#parts.journal.write({ kind: 'adopted', severity: 'warning', message: adoption.note });
    }
    await this.#changes.run(() =>
      adoption.ring.members.length > 0 ? this.#takeUp(adoption) : this.#startFirst(wanted, adoption),
    );
    this.#opened = true;
  }

  /** Names in generated order for a preview: what `add` would take now. */
  planNames(request: ChangeRequest): ReturnType<typeof planAdd> {
    const leaving = [...this.#leaving.keys()].map(({ name }) => name);
    const members = this.#ring.members.map(({ name }) => name);
    const reserved = [...leaving, ...this.#foreignNames];
    return planAdd(request.n, request.hostnames ?? [], { members, reserved, maxReplicas: MAX_REPLICAS });
  }

  /** The seats that new members would get. */
  planSeats(names: readonly string[]): readonly Member[] {
    const members: Member[] = [];
    for (const name of names) {
      const reserved = [...this.#seats.keys(), ...members.map(({ seat }) => seat)];
      members.push({ name, seat: freeSeat(this.#ring, reserved) });
    }
    return members;
  }

  add(request: ChangeRequest, actor: string): Promise<Result<readonly string[]>> {
    return this.#changes.run(() => this.#add(request, actor));
  }

  remove(request: ChangeRequest, actor: string): Promise<Result<readonly string[]>> {
    return this.#changes.run(async () => this.#remove(request, actor));
  }

  async act(name: string, action: ReplicaAction, actor: string): Promise<Result<Seat>> {
    const seat = this.named(name);
    if (seat === undefined) return refused('no-such-replica', `There is no replica '${name}'`);
    if (!this.#parts.runtime.abilities.lifecycle && action !== 'drain' && action !== 'undrain') {
      return refused('unsupported', `Fixed upstreams cannot be told to ${action}`);
    }
    try {
      await this.#act(seat, action, actor);
      return accepted(seat);
    } catch (error) {
      return { ok: false, refusal: runtimeRefusal(error) };
    }
  }

  onRuntimeEvent(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'lost':
        this.#reachable = false;
        this.#parts.journal.write({ kind: 'runtime-lost', severity: 'critical', message: event.reason });
        break;
      case 'back':
        this.#reachable = true;
        this.#parts.journal.write({ kind: 'runtime-back', severity: 'good', message: 'the runtime answers again' });
        this.#wakeWaiters();
        void this.reconcile().catch((error) => this.#parts.log.warn({ error: messageOf(error) }, 'reconciling failed'));
        break;
      default:
        for (const seat of this.#seats.values()) seat.onRuntimeEvent(event);
    }
  }

  /** Compares what should run with what does: finds ends that no event told of, and instances that nobody owns. */
  async reconcile(): Promise<void> {
    if (!this.#parts.runtime.abilities.lifecycle || this.#stopping) return;
    const owned = new Map(
      this.seats().flatMap((seat) => (seat.instance === null ? [] : [[seat.instance.id, seat] as const])),
    );
    const limit = { ms: LIST_LIMIT_MS, what: 'listing the replicas' };
    const signal = new AbortController().signal;
    const listed = await withDeadline(this.#parts.clock, limit, signal, (s) => this.#parts.runtime.list(s));
    const alive = new Map(listed.filter(({ state }) => state !== 'exited').map((instance) => [instance.id, instance]));
    for (const [id, seat] of owned) {
      if (!alive.has(id)) seat.onRuntimeEvent({ kind: 'exited', id, name: seat.name, reason: 'gone without notice' });
    }
    const names = new Set([...this.#seats.values()].map(({ name }) => name));
    for (const instance of listed) {
      if (!names.has(instance.name)) this.#discard(instance);
    }
  }

  /** Ends the loops. `keep`: instances run on, to be adopted by the next start; else they are stopped and removed. */
  async close(onExit: 'remove' | 'keep'): Promise<void> {
    this.#stopping = true;
    const seats = this.seats();
    if (onExit === 'keep') {
      await Promise.all(seats.map((seat) => seat.release()));
      return;
    }
    await Promise.all(seats.map((seat) => seat.retire(true)));
    await Promise.all(this.#leaving.values());
    this.#parts.store.saveFleet({ ring: emptyRing(this.#parts.placement, this.#parts.seed), drained: [] });
  }

  async #takeUp(adoption: Adoption): Promise<void> {
    this.#ring = adoption.ring;
    this.#save();
    for (const member of adoption.ring.members) {
      const seat = this.#seat(member, adoption.drained.includes(member.name));
      const instance = adoption.adopted.get(member.seat) ?? null;
      if (instance !== null) {
        this.#parts.journal.write({
          kind: 'adopted',
          severity: 'good',
          message: 'taken up as it runs',
          replica: member,
        });
      }
      seat.run(instance);
    }
    this.#publish();
    for (const instance of adoption.discarded) this.#discard(instance);
  }

  /** On a first start nothing is taken back when a replica fails: its seat goes on trying, for all to see. */
  async #startFirst(wanted: number, adoption: Adoption): Promise<void> {
    for (const instance of adoption.discarded) this.#discard(instance);
    if (wanted === 0) return this.#publish();
    const names = generateNames(wanted, new Set());
    const members = this.planSeats(names);
    await Promise.all(members.map((member) => this.#launch(member, new Set())));
    const seated = members.map(({ seat }) => ({ seat, name: this.#seats.get(seat)?.name ?? '' }));
    this.#ring = place(this.#ring, { kind: 'add', members: seated });
    this.#save();
    this.#publish();
    const message = `${wanted} replicas: ${seated.map(({ name }) => name).join(', ')}`;
    this.#parts.journal.write({ kind: 'added', severity: 'info', message });
  }

  /** Starts a member's first instance, under another name while something outside the fleet holds it. */
  async #launch(member: Member, asked: ReadonlySet<string>): Promise<Seat> {
    const seat = this.#seat(member, false);
    seat.run(null);
    const failure = await seat.started.then(
      () => null,
      (error: unknown) => error,
    );
    const foreign = failure instanceof RuntimeError && failure.code === 'name-taken' && !asked.has(member.name);
    if (!foreign) return seat;
    this.#foreignNames.add(member.name);
    await seat.release();
    const taken = [...this.#seats.values()].map(({ name }) => name);
    const [name = member.name] = generateNames(
      1,
      new Set([...taken, ...this.#foreignNames].map((n) => n.toLowerCase())),
    );
    return this.#launch({ name, seat: member.seat }, asked);
  }

  async #add(request: ChangeRequest, actor: string): Promise<Result<readonly string[]>> {
    const obstacle = this.#obstacle();
    if (obstacle !== null) return { ok: false, refusal: obstacle };
    const plan = this.planNames(request);
    if (!plan.ok) return planRefusal(plan);
    const asked = new Set(request.hostnames ?? []);
    await this.#namesakesGone(asked);
    const members = this.planSeats(plan.names);
    const launched = await Promise.all(members.map((member) => this.#launch(member, asked)));
    const outcomes = await Promise.allSettled(launched.map((seat) => seat.served));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) {
      await Promise.all(launched.map((seat) => this.#give(seat, false)));
      return { ok: false, refusal: runtimeRefusal(failed.reason) };
    }
    const seated = launched.map(({ name, seat }) => ({ name, seat }));
    this.#ring = place(this.#ring, { kind: 'add', members: seated });
    this.#save();
    this.#publish();
    for (const replica of seated) {
      this.#parts.journal.write({ kind: 'added', severity: 'info', message: 'added to the ring', actor, replica });
    }
    return accepted(seated.map(({ name }) => name));
  }

  #remove(request: ChangeRequest, actor: string): Result<readonly string[]> {
    if (!this.#parts.runtime.abilities.lifecycle) return refused('unsupported', 'Fixed upstreams cannot be removed');
    if (this.#stopping) return refused('stopping', 'The balancer is stopping');
    const members = this.#ring.members.map(({ name }) => name);
    const plan = planRemove(request.n, request.hostnames ?? [], members, this.#parts.random);
    if (!plan.ok) return planRefusal(plan);
    const seats = plan.names.flatMap((name) => this.named(name) ?? []);
    this.#ring = place(this.#ring, { kind: 'remove', names: plan.names });
    this.#save();
    for (const seat of seats) {
      this.#parts.journal.write({
        kind: 'removed',
        severity: 'info',
        message: 'removed from the ring',
        actor,
        replica: seat,
      });
      this.#parts.journal.close(seat.seat);
      void this.#give(seat, true);
    }
    this.#publish();
    return accepted(plan.names);
  }

  /** Gives a seat up: the instance ends, the number becomes free. */
  #give(seat: Seat, graceful: boolean): Promise<void> {
    const leaving = seat.retire(graceful).then(() => {
      this.#leaving.delete(seat);
      if (this.#stopping) return;
      this.#seats.delete(seat.seat);
      this.#parts.onGone(seat);
      this.#publish();
    });
    this.#leaving.set(seat, leaving);
    return leaving;
  }

  async #act(seat: Seat, action: ReplicaAction, actor: string): Promise<void> {
    switch (action) {
      case 'kill':
        return seat.kill(actor);
      case 'pause':
        return seat.pause(actor);
      case 'unpause':
        return seat.unpause(actor);
      case 'restart':
        return seat.restart(actor);
      case 'drain':
      case 'undrain':
        seat.setDrained(action === 'drain', actor);
        return this.#save();
    }
  }

  #obstacle(): Refusal | null {
    if (this.#stopping) return { code: 'stopping', message: 'The balancer is stopping' };
    if (!this.#parts.runtime.abilities.lifecycle)
      return { code: 'unsupported', message: 'Fixed upstreams cannot be added to' };
    if (!this.#reachable) return { code: 'runtime-unreachable', message: 'The runtime does not answer' };
    return null;
  }

  /** A replica of the same name may still be finishing its requests: its name is free when it has ended. */
  async #namesakesGone(names: ReadonlySet<string>): Promise<void> {
    await Promise.all([...this.#leaving].filter(([seat]) => names.has(seat.name)).map(([, leaving]) => leaving));
  }

  #seat(member: Member, drained: boolean): Seat {
    const seat = new Seat(this.#seatParts, member, drained);
    this.#seats.set(member.seat, seat);
    return seat;
  }

  #save(): void {
    const drained = this.seats()
      .filter((seat) => seat.drained)
      .map(({ name }) => name);
    const saved = this.#parts.store.saveFleet({ ring: this.#ring, drained });
    if (!saved.ok) this.#parts.log.error({ reason: saved.reason }, 'the fleet could not be saved');
  }

  #publish(): void {
    this.#routing.publish(this.#ring, this.#seats.values());
    this.#parts.onChange(new Set(this.#seats.keys()));
  }

  #discard(instance: Instance): void {
    const { runtime, log } = this.#parts;
    log.info({ replica: instance.name, id: instance.id }, 'removing an instance that nobody owns');
    runtime
      .remove(instance.id, new AbortController().signal)
      .catch((error) => log.warn({ id: instance.id, error: messageOf(error) }, 'could not be removed'));
  }

  #onReport(report: UpstreamReport): void {
    this.#seats.get(report.seat)?.onReport(report);
    if (report.kind === 'answered') this.#parts.journal.step(report.seat, 'firstRequestMs');
  }

  #changed(seat: number): void {
    if (this.#dirty.size === 0) queueMicrotask(() => this.#flush());
    this.#dirty.add(seat);
  }

  #flush(): void {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    this.#routing.publish(this.#ring, this.#seats.values());
    this.#parts.onChange(dirty);
  }

  #wakeWaiters(): void {
    for (const wake of this.#backWaiters) wake();
    this.#backWaiters.clear();
  }

  async #runtimeBack(ms: number, signal: AbortSignal): Promise<void> {
    const nap = new AbortController();
    const back = new Promise<void>((resolve) => this.#backWaiters.add(resolve));
    const stop = (): void => nap.abort();
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([back, this.#parts.clock.sleep(ms, nap.signal).catch(() => undefined)]);
    nap.abort();
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }

  #host(): SeatHost {
    return {
      cut: (seat) => this.#parts.plane.setAvailable(seat, false),
      changed: (seat) => this.#changed(seat),
      canSpare: (seat) => this.canSpare(seat),
      inFlight: (seat) => this.#parts.plane.totals().seats.find((totals) => totals.seat === seat)?.inFlight ?? 0,
      runtimeReachable: () => this.#reachable,
      runtimeBack: (ms, signal) => this.#runtimeBack(ms, signal),
    };
  }
}
