/**
 * The memory both planes share. The main thread writes who is available; each worker counts in its own block and
 * nobody else writes there, so counting needs no atomics; the main thread sums the blocks when asked.
 */
import { MAX_SEAT, SLOT_COUNT } from '#lib/ring/types.ts';
import { bucketOf, HISTOGRAM_BUCKETS } from './histogram.ts';

const SEATS = MAX_SEAT + 1;
const AVAILABILITY_BYTES = SEATS * Int32Array.BYTES_PER_ELEMENT;
/** Behind the availability; as long, so that what follows is aligned to 8 bytes. */
const LOADS_BYTES = AVAILABILITY_BYTES;
const BLOCKS_AT = AVAILABILITY_BYTES + LOADS_BYTES;

/** What is counted for each seat, in this order. */
export const SEAT_FIELDS = [
  'requests',
  'class1',
  'class2',
  'class3',
  'class4',
  'class5',
  'failed',
  'retries',
  'inFlight',
  'bytesIn',
  'bytesOut',
] as const;
export type SeatField = (typeof SEAT_FIELDS)[number];
const SEAT_WIDTH = SEAT_FIELDS.length;

/** What is counted for a worker as a whole. */
export const WORKER_FIELDS = ['requests', 'retried', 'lost', 'spilled', 'connections'] as const;
export type WorkerField = (typeof WORKER_FIELDS)[number];

const SEATS_AT = 0;
const SLOTS_AT = SEATS_AT + SEATS * SEAT_WIDTH;
const TOTALS_AT = SLOTS_AT + SLOT_COUNT;
const LATENCY_AT = TOTALS_AT + WORKER_FIELDS.length;
const BLOCK_LENGTH = LATENCY_AT + SEATS * HISTOGRAM_BUCKETS;
const BLOCK_BYTES = BLOCK_LENGTH * Float64Array.BYTES_PER_ELEMENT;

const IN_FLIGHT = SEAT_FIELDS.indexOf('inFlight');
const FAILED = SEAT_FIELDS.indexOf('failed');
const RETRIES = SEAT_FIELDS.indexOf('retries');
const BYTES_IN = SEAT_FIELDS.indexOf('bytesIn');
const BYTES_OUT = SEAT_FIELDS.indexOf('bytesOut');
const REQUESTS_IN_ALL = TOTALS_AT + WORKER_FIELDS.indexOf('requests');
const RETRIED = TOTALS_AT + WORKER_FIELDS.indexOf('retried');
const LOST = TOTALS_AT + WORKER_FIELDS.indexOf('lost');
const SPILLED = TOTALS_AT + WORKER_FIELDS.indexOf('spilled');
const CONNECTIONS = TOTALS_AT + WORKER_FIELDS.indexOf('connections');

/** Makes the shared memory for this many workers, all zero: nobody is available. */
export function createBoard(workers: number): SharedArrayBuffer {
  return new SharedArrayBuffer(BLOCKS_AT + workers * BLOCK_BYTES);
}

/**
 * Who may be picked, seen by all workers at once. An opening says from which snapshot on it holds, so that a worker
 * that still has the seat's former address does not send anything there.
 */
export class Availability {
  readonly #cells: Int32Array;

  constructor(board: SharedArrayBuffer) {
    this.#cells = new Int32Array(board, 0, SEATS);
  }

  set(seat: number, available: boolean, sinceVersion: number): void {
    Atomics.store(this.#cells, seat, (sinceVersion << 1) | (available ? 1 : 0));
  }

  /** May a worker that holds snapshot `version` send requests to the seat? */
  has(seat: number, version: number): boolean {
    const cell = Atomics.load(this.#cells, seat);
    return (cell & 1) === 1 && cell >> 1 <= version;
  }
}

/** Requests in flight on each seat over all workers; kept only where the bounded load looks at them. */
export class SharedLoads {
  readonly #cells: Int32Array;

  constructor(board: SharedArrayBuffer) {
    this.#cells = new Int32Array(board, AVAILABILITY_BYTES, SEATS);
  }

  add(seat: number, change: number): void {
    Atomics.add(this.#cells, seat, change);
  }

  of(seat: number): number {
    return Atomics.load(this.#cells, seat);
  }
}

function blockOf(board: SharedArrayBuffer, worker: number): Float64Array {
  return new Float64Array(board, BLOCKS_AT + worker * BLOCK_BYTES, BLOCK_LENGTH);
}

/** One worker's block, as that worker writes it. */
export class Counters {
  readonly #block: Float64Array;
  readonly #loads: SharedLoads | null;

  /** `loads`: where what is in flight is counted for all workers together; null: nobody looks at that. */
  constructor(board: SharedArrayBuffer, worker: number, loads: SharedLoads | null = null) {
    this.#block = blockOf(board, worker);
    this.#loads = loads;
  }

  #add(index: number, amount: number): void {
    this.#block[index] = (this.#block[index] ?? 0) + amount;
  }

  /** Takes over the block of a worker that is gone: nothing of what it had in flight is there any more. */
  takeOver(): void {
    for (let seat = 0; seat < SEATS; seat++) {
      const index = SEATS_AT + seat * SEAT_WIDTH + IN_FLIGHT;
      this.#loads?.add(seat, -(this.#block[index] ?? 0));
      this.#block[index] = 0;
    }
    this.#block[CONNECTIONS] = 0;
  }

  connectionOpened(): void {
    this.#add(CONNECTIONS, 1);
  }

  connectionClosed(): void {
    this.#add(CONNECTIONS, -1);
  }

  /** A request that was read; it may still be that no replica answers it. */
  requestRead(slot: number): void {
    this.#add(REQUESTS_IN_ALL, 1);
    this.#add(SLOTS_AT + slot, 1);
  }

  attemptStarted(seat: number): void {
    this.#add(SEATS_AT + seat * SEAT_WIDTH + IN_FLIGHT, 1);
    if (this.#loads !== null) this.#loads.add(seat, 1);
  }

  /** Ends an attempt, answered or not. */
  attemptEnded(seat: number): void {
    this.#add(SEATS_AT + seat * SEAT_WIDTH + IN_FLIGHT, -1);
    if (this.#loads !== null) this.#loads.add(seat, -1);
  }

  attemptFailed(seat: number): void {
    this.#add(SEATS_AT + seat * SEAT_WIDTH + FAILED, 1);
  }

  /** The request goes on to `seat` because another one failed. */
  retried(seat: number): void {
    this.#add(RETRIED, 1);
    this.#add(SEATS_AT + seat * SEAT_WIDTH + RETRIES, 1);
  }

  /** The request does not go to its own replica: that one has more than its share. */
  spilled(): void {
    this.#add(SPILLED, 1);
  }

  lost(): void {
    this.#add(LOST, 1);
  }

  /** An answer that reached its end. `us` is the request's whole duration, retries included. */
  answered(seat: number, status: number, us: number): void {
    const row = SEATS_AT + seat * SEAT_WIDTH;
    this.#add(row, 1);
    const statusClass = Math.trunc(status / 100);
    if (statusClass >= 1 && statusClass <= 5) this.#add(row + statusClass, 1);
    this.#add(LATENCY_AT + seat * HISTOGRAM_BUCKETS + bucketOf(us), 1);
  }

  /** Bytes from the client to the replica and back, as they were on the wire. */
  bytes(seat: number, inBytes: number, outBytes: number): void {
    const row = SEATS_AT + seat * SEAT_WIDTH;
    this.#add(row + BYTES_IN, inBytes);
    this.#add(row + BYTES_OUT, outBytes);
  }
}

/** All blocks, as the main thread reads them. */
export class BoardReader {
  readonly #blocks: readonly Float64Array[];

  constructor(board: SharedArrayBuffer, workers: number) {
    this.#blocks = Array.from({ length: workers }, (_, worker) => blockOf(board, worker));
  }

  #sum(index: number): number {
    let sum = 0;
    for (const block of this.#blocks) sum += block[index] ?? 0;
    return sum;
  }

  seat(seat: number): Record<SeatField, number> {
    const row = SEATS_AT + seat * SEAT_WIDTH;
    const sums = SEAT_FIELDS.map((field, i) => [field, this.#sum(row + i)] as const);
    return Object.fromEntries(sums) as Record<SeatField, number>;
  }

  total(field: WorkerField): number {
    return this.#sum(TOTALS_AT + WORKER_FIELDS.indexOf(field));
  }

  slots(): Float64Array {
    return Float64Array.from({ length: SLOT_COUNT }, (_, slot) => this.#sum(SLOTS_AT + slot));
  }

  latency(seat: number): Float64Array {
    const row = LATENCY_AT + seat * HISTOGRAM_BUCKETS;
    return Float64Array.from({ length: HISTOGRAM_BUCKETS }, (_, bucket) => this.#sum(row + bucket));
  }
}
