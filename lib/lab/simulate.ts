import type { Fleet } from './fleet.ts';
import type { KeyPattern } from './key-pattern.ts';
import { keySource } from './key-source.ts';
import { spreadOf } from './statistics.ts';

/** Requests for each replica of the fleet, in the order of its names. A million take about a tenth of a second. */
export function countRequests(fleet: Fleet, pattern: KeyPattern, requests: number, seed: number): number[] {
  const counts = new Array<number>(fleet.names.length).fill(0);
  const next = keySource(pattern, seed);
  const keyed = pattern.kind !== 'none';
  for (let i = 0; i < requests; i++) {
    const key = next();
    const index = keyed ? fleet.route(key) : fleet.routeNext(i, key);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

export interface Movement {
  /** Keys whose replica changes when one more joins, against 1 / (N + 1) of all keys; null when no more fit. */
  readonly add: number | null;
  /** Keys whose replica changes when one leaves, against those it had; null with one replica. The mean over who leaves. */
  readonly remove: number | null;
}

/** At most this many replicas are taken out in turn to measure what a removal moves. */
const REMOVALS = 6;

/**
 * How many keys change their replica when the fleet grows or shrinks by one, as a ratio to what has to move: 1 is the
 * least there can be (a little below or above it by the chance of the sample). `sample` keys are followed.
 */
export function measureMovement(fleet: Fleet, maxReplicas: number, sample: number, seed: number): Movement {
  const next = keySource({ kind: 'random' }, seed);
  const keys = Array.from({ length: sample }, next);
  const before = keys.map((key) => fleet.route(key));
  return {
    add: fleet.names.length < maxReplicas ? movedByAdd(fleet, keys, before) : null,
    remove: fleet.names.length > 1 ? movedByRemoval(fleet, keys, before) : null,
  };
}

function movedByAdd(fleet: Fleet, keys: readonly number[], before: readonly number[]): number {
  const moved = movedKeys(fleet, fleet.add('newcomer'), keys, before);
  return moved / (keys.length / (fleet.names.length + 1));
}

function movedByRemoval(fleet: Fleet, keys: readonly number[], before: readonly number[]): number {
  const { names } = fleet;
  const tries = Math.min(REMOVALS, names.length);
  let moved = 0;
  let had = 0;
  for (let t = 0; t < tries; t++) {
    const leaving = Math.floor((t * names.length) / tries);
    moved += movedKeys(fleet, fleet.remove(names[leaving] ?? ''), keys, before);
    had += before.filter((index) => index === leaving).length;
  }
  return had === 0 ? 0 : moved / had;
}

function movedKeys(fleet: Fleet, after: Fleet, keys: readonly number[], before: readonly number[]): number {
  const indexBefore = new Map(fleet.names.map((name, index) => [name, index]));
  const translate = after.names.map((name) => indexBefore.get(name) ?? -1);
  let moved = 0;
  for (const [at, key] of keys.entries()) if (translate[after.route(key)] !== before[at]) moved++;
  return moved;
}

/** Evenness and movement of a fleet at its present size. */
export interface SchemePoint extends Movement {
  readonly n: number;
  readonly counts: readonly number[];
  readonly peakToMean: number;
  readonly variation: number;
  /** Replicas that got nothing. */
  readonly idle: number;
}

/** Keys followed to see what moves: a ratio is known to about 2 %. */
const MOVEMENT_SAMPLE = 20_000;

export function measureScheme(
  fleet: Fleet,
  {
    pattern,
    requests,
    seed,
    maxReplicas,
  }: { pattern: KeyPattern; requests: number; seed: number; maxReplicas: number },
): SchemePoint {
  const counts = countRequests(fleet, pattern, requests, seed);
  const { peakToMean, variation } = spreadOf(counts);
  return {
    n: fleet.names.length,
    counts,
    peakToMean,
    variation,
    idle: counts.filter((count) => count === 0).length,
    ...measureMovement(fleet, maxReplicas, MOVEMENT_SAMPLE, seed + 1),
  };
}
