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

/** Who answered how much of the requests in these seconds, and how much is due by slots. */
export function sharesOf(replicas: readonly ReplicaView[], frames: readonly SecondFrame[]): Share[] {
  const sums = new Map<number, number>();
  let total = 0;
  for (const { replicas: figures } of frames) {
    for (const { seat, traffic } of figures) {
      sums.set(seat, (sums.get(seat) ?? 0) + traffic.requestsPerSecond);
      total += traffic.requestsPerSecond;
    }
  }
  return replicas.map(({ name, seat, slots }) => ({
    name,
    seat,
    ratio: total === 0 ? 0 : (sums.get(seat) ?? 0) / total,
    due: slots / SLOT_COUNT,
  }));
}
