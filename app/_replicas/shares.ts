import type { SecondFrame } from '#lib/api/events.ts';
import type { ReplicaView } from '#lib/api/state.ts';
import { SLOT_COUNT } from '#lib/ring/types.ts';

export interface Share {
  readonly name: string;
  readonly seat: number;
  /** Of the requests, 0–1. */
  readonly ratio: number;
  /** What its slots are due, 0–1. */
  readonly due: number;
}

/** Shares are told of so many seconds, everywhere. */
const SHARE_SECONDS = 10;

/** Of the requests of the last 10 s what each seat answered, 0–1; empty where there were none. */
export function ratiosOf(frames: readonly SecondFrame[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  let total = 0;
  for (const { replicas } of frames.slice(-SHARE_SECONDS)) {
    for (const { seat, traffic } of replicas) {
      sums.set(seat, (sums.get(seat) ?? 0) + traffic.requestsPerSecond);
      total += traffic.requestsPerSecond;
    }
  }
  return total === 0 ? new Map() : new Map([...sums].map(([seat, sum]) => [seat, sum / total]));
}

/** Who answered how much of the requests lately, and how much is due by slots. */
export function sharesOf(replicas: readonly ReplicaView[], frames: readonly SecondFrame[]): Share[] {
  const ratios = ratiosOf(frames);
  return replicas.map(({ name, seat, slots }) => ({
    name,
    seat,
    ratio: ratios.get(seat) ?? 0,
    due: slots / SLOT_COUNT,
  }));
}
