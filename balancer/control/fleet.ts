import type { ReplicaAction } from '../../lib/api/admin.ts';
import type { ChangeRequest } from '../../lib/api/contract.ts';
import { accepted, type Refusal, type Result, refused } from '../../lib/api/errors.ts';
import { counted } from '../../lib/grouped.ts';
import { emptyRing, place } from '../../lib/ring/place.ts';
import type { Member, Ring } from '../../lib/ring/types.ts';
import { type Adoption, planAdoption } from '../core/adoption.ts';
import { generateNames, type Plan, planRemove } from '../core/fleet-plan.ts';
import type { RuntimeEvent } from '../core/ports.ts';
import { isAvailable } from '../core/seat-state.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import { firstService } from './first-service.ts';
import type { FleetParts } from './fleet-parts.ts';
import { Mutex } from './mutex.ts';
import { operate } from './operate.ts';
import { planRefusal, runtimeRefusal } from './refusals.ts';
import { Roster } from './roster.ts';
import { Routing } from './routing.ts';
import { RuntimeLink } from './runtime-link.ts';
import type { Seat } from './seat.ts';
import type { SeatHost } from './seat-parts.ts';

const runtimeAway = refused('runtime-unreachable', 'The runtime that starts replicas does not answer');

/** The replicas of this balancer: the ring, and a seat for each of its members. Placement moves only here. */
export class Fleet {
  readonly #parts: FleetParts;
  readonly #routing: Routing;
  readonly #roster: Roster;
  readonly #link: RuntimeLink;
  readonly #changes = new Mutex();
  #ring: Ring;
  #dirty = new Set<number>();
  #opened = false;
  #settled = false;
  #stopping = false;

  constructor(parts: FleetParts) {
    this.#parts = parts;
    this.#routing = new Routing(parts.plane);
    this.#ring = emptyRing(parts.placement, parts.seed);
    this.#link = new RuntimeLink({ ...parts, seats: () => this.#roster.all() });
    this.#roster = new Roster({ ...parts, host: this.#host() }, (seat) => this.#gone(seat));
    parts.plane.onReport((report) => this.#onReport(report));
  }

  get ring(): Ring {
    return this.#ring;
  }

  /** True once what ran was taken up or the first replicas were started, and each has served, failed or had its time. */
  get settled(): boolean {
    return this.#settled;
  }

  get runtimeReachable(): boolean {
    return this.#link.reachable;
  }

  /** Members, and those that are starting or leaving; by seat. */
  seats(): readonly Seat[] {
    return this.#roster.all();
  }

  named(name: string): Seat | undefined {
    return this.#roster.named(name);
  }

  /** Names of the members that may serve now, in the ring's order. */
  servingNames(): readonly string[] {
    return this.#ring.members.filter(({ seat }) => this.isUp(seat)).map(({ name }) => name);
  }

  isUp(seat: number): boolean {
    const found = this.#roster.at(seat);
    return found !== undefined && isAvailable(found.state);
  }

  /** Would somebody else still serve without this seat? */
  canSpare(seat: number): boolean {
    return this.#ring.members.some((other) => other.seat !== seat && this.isUp(other.seat));
  }

  serving(): Uint8Array {
    return this.#routing.serving(this.#ring, (seat) => this.isUp(seat));
  }

  /** What `add` would name its replicas now. */
  planNames({ n, hostnames }: ChangeRequest): Plan {
    return this.#roster.planNames(n, hostnames ?? [], this.#ring);
  }

  planSeats(names: readonly string[]): readonly Member[] {
    return this.#roster.planSeats(names, this.#ring);
  }

  /** Takes up what runs already, and starts what is missing. `wanted` counts only when there is nothing to take up. */
  async open(wanted: number, signal: AbortSignal): Promise<void> {
    const { store, placement, seed, runtime, journal, policy } = this.#parts;
    const stored = store.loadFleet();
    const instances = await this.#link.list(signal);
    const fixed = !runtime.abilities.lifecycle;
    const adoption = planAdoption({ stored, instances, placement, seed, fixed, standby: policy.standby });
    if (adoption.note !== null) journal.write({ kind: 'adopted', severity: 'warning', message: adoption.note });
    for (const instance of adoption.discarded) this.#link.discard(instance);
    await this.#changes.run(async () => {
      if (adoption.ring.members.length > 0) this.#takeUp(adoption);
      else await this.#startFirst(wanted);
    });
    this.#opened = true;
    await firstService(this.seats(), this.#parts.clock, signal);
    this.#settled = true;
  }

  /** Resolves once the new replicas serve. Applied whole or not at all; racing changes wait for each other. */
  add(request: ChangeRequest, actor: string): Promise<Result<readonly string[]>> {
    return this.#changes.run(() => this.#add(request, actor));
  }

  /** Resolves once they are out of the ring; they finish their requests after that. */
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
      await operate(seat, action, actor);
      this.#save();
      return accepted(seat);
    } catch (error) {
      return { ok: false, refusal: runtimeRefusal(error) };
    }
  }

  onRuntimeEvent(event: RuntimeEvent): void {
    this.#link.onEvent(event);
  }

  async reconcile(signal: AbortSignal): Promise<void> {
    if (this.#opened && !this.#stopping) await this.#link.reconcile(signal);
  }

  /** Ends the loops. `keep`: instances run on, to be adopted by the next start; else they are stopped and removed. */
  async close(onExit: 'remove' | 'keep'): Promise<void> {
    this.#stopping = true;
    if (onExit === 'keep') {
      await this.#roster.releaseAll();
      return;
    }
    await this.#roster.giveAll();
    this.#parts.store.saveFleet({ ring: emptyRing(this.#parts.placement, this.#parts.seed), drained: [] });
  }

  #takeUp({ ring, drained, adopted, standbys }: Adoption): void {
    this.#ring = ring;
    for (const member of ring.members) {
      const instance = adopted.get(member.seat) ?? null;
      this.#roster.seat(member, drained.includes(member.name), instance, standbys.get(member.seat) ?? null);
      if (instance === null) continue;
      const message = 'taken up as it runs';
      this.#parts.journal.write({ kind: 'adopted', severity: 'good', message, replica: member });
    }
    this.#save();
    this.#publish();
  }

  /** On a first start nothing is taken back when a replica fails: its seat goes on trying, for all to see. */
  async #startFirst(wanted: number): Promise<void> {
    const members = this.planSeats(generateNames(wanted, new Set()));
    const seats = await Promise.all(members.map((member) => this.#roster.launch(member, new Set())));
    if (this.#stopping) return;
    const seated = seats.map(({ name, seat }) => ({ name, seat }));
    this.#ring = place(this.#ring, { kind: 'add', members: seated });
    this.#save();
    this.#publish();
    const message = `${counted(wanted, 'replica')}: ${seated.map(({ name }) => name).join(', ')}`;
    this.#parts.journal.write({ kind: 'added', severity: 'info', message });
  }

  async #add(request: ChangeRequest, actor: string): Promise<Result<readonly string[]>> {
    const obstacle = this.#obstacle('added');
    if (obstacle !== null) return { ok: false, refusal: obstacle };
    const plan = this.planNames(request);
    if (!plan.ok) return planRefusal(plan);
    const asked = new Set(request.hostnames ?? []);
    await this.#roster.namesFree(asked);
    const members = this.planSeats(plan.names);
    const launched = await this.#launchAll(members, asked);
    if (!launched.ok) return launched;
    const seated = launched.value.map(({ name, seat }) => ({ name, seat }));
    this.#ring = place(this.#ring, { kind: 'add', members: seated });
    this.#save();
    this.#publish();
    for (const replica of seated) {
      this.#parts.journal.write({ kind: 'added', severity: 'info', message: 'added to the ring', actor, replica });
    }
    return accepted(seated.map(({ name }) => name));
  }

  /** All of them serve, or none is left. */
  async #launchAll(members: readonly Member[], asked: ReadonlySet<string>): Promise<Result<readonly Seat[]>> {
    const done = new AbortController();
    const serving = Promise.all(members.map((member) => this.#roster.launch(member, asked))).then(async (seats) => {
      await Promise.all(seats.map((seat) => seat.served));
      return accepted(seats);
    });
    const lost = this.#link.whenLost(done.signal).then(() => runtimeAway);
    const outcome = await Promise.race([serving, lost]).catch((error) => ({
      ok: false as const,
      refusal: runtimeRefusal(error),
    }));
    done.abort();
    if (outcome.ok) return outcome;
    const given = members
      .flatMap(({ seat }) => this.#roster.at(seat) ?? [])
      .map((seat) => this.#roster.give(seat, false));
    // A runtime that does not answer cannot clean up either: what is left is found when it is back.
    if (this.#link.reachable) await Promise.all(given);
    return outcome;
  }

  #remove(request: ChangeRequest, actor: string): Result<readonly string[]> {
    const obstacle = this.#obstacle('removed');
    if (obstacle !== null) return { ok: false, refusal: obstacle };
    const members = this.#ring.members.map(({ name }) => name);
    const plan = planRemove(request.n, request.hostnames ?? [], members, this.#parts.random);
    if (!plan.ok) return planRefusal(plan);
    const seats = plan.names.flatMap((name) => this.named(name) ?? []);
    this.#ring = place(this.#ring, { kind: 'remove', names: plan.names });
    for (const seat of seats) {
      const message = 'removed from the ring';
      this.#parts.journal.write({ kind: 'removed', severity: 'info', message, actor, replica: seat });
      this.#parts.journal.close(seat.seat);
      void this.#roster.give(seat, true);
    }
    this.#save();
    this.#publish();
    return accepted(plan.names);
  }

  #obstacle(change: 'added' | 'removed'): Refusal | null {
    if (this.#stopping) return { code: 'stopping', message: 'The balancer is stopping' };
    if (!this.#parts.runtime.abilities.lifecycle) {
      return { code: 'unsupported', message: `Fixed upstreams cannot be ${change}; the flag --upstreams lists them` };
    }
    if (change === 'removed' || this.#link.reachable) return null;
    return runtimeAway.refusal;
  }

  #gone(seat: Seat): void {
    if (this.#stopping) return;
    this.#parts.onGone(seat);
    this.#publish();
  }

  #save(): void {
    const drained = this.seats()
      .filter((seat) => seat.drained)
      .map(({ name }) => name);
    const saved = this.#parts.store.saveFleet({ ring: this.#ring, drained });
    if (!saved.ok) this.#parts.log.error({ reason: saved.reason }, 'the fleet could not be saved');
  }

  #onReport(report: UpstreamReport): void {
    this.#roster.at(report.seat)?.onReport(report);
    if (report.seat === 0) this.#parts.log.error({ detail: report.detail }, 'the traffic plane reports');
  }

  #changed(seat: number): void {
    this.#dirty.add(seat);
    if (this.#dirty.size > 1) return;
    queueMicrotask(() => (this.#dirty.size > 0 ? this.#publish() : undefined));
  }

  #publish(): void {
    const dirty = this.#dirty.size > 0 ? this.#dirty : new Set(this.seats().map(({ seat }) => seat));
    this.#dirty = new Set();
    this.#routing.publish(this.#ring, this.seats());
    this.#parts.onChange(dirty);
  }

  #host(): SeatHost {
    const { plane } = this.#parts;
    return {
      cut: (seat) => plane.setAvailable(seat, false),
      changed: (seat) => this.#changed(seat),
      canSpare: (seat) => this.canSpare(seat),
      inFlight: (seat) => plane.totals().seats.find((totals) => totals.seat === seat)?.inFlight ?? 0,
      exitReason: (id) => this.#link.exitReason(id),
      runtimeReachable: () => this.#link.reachable,
      runtimeBack: (ms, signal) => this.#link.whenBack(ms, signal),
    };
  }
}
