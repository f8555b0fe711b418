import type { ReplicaStatus, RingView } from '#lib/api/state.ts';
import { runsOf } from './geometry.ts';

export const RING_MODES = ['owner', 'load', 'change', 'health'] as const;
/** What the ring's colours say: who owns a slot, how much it is asked for, whether it moved, how its owner is. */
export type RingMode = (typeof RING_MODES)[number];

/** How a stretch of slots is drawn. away: its owner does not answer; faint: not what this mode is about. */
export type ArcKind = 'full' | 'away' | 'faint' | 'good' | 'warning' | 'critical' | 'neutral';

export interface Arc {
  readonly seat: number;
  readonly start: number;
  readonly length: number;
  readonly kind: ArcKind;
}

/** Slots as they were, or as they would be, to compare the ring with. */
export interface Comparison {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

interface RingPicture {
  readonly owner: readonly number[];
  readonly serving: readonly number[];
}

const HEALTH: Readonly<Record<ReplicaStatus, ArcKind>> = {
  starting: 'neutral',
  serving: 'good',
  degraded: 'warning',
  ejected: 'warning',
  draining: 'warning',
  paused: 'warning',
  down: 'critical',
  replacing: 'critical',
  'crash-looping': 'critical',
};

/** The ownership arcs of a mode, merged where neighbours look the same. */
export function arcsOf(
  mode: RingMode,
  ring: RingPicture,
  statuses: ReadonlyMap<number, ReplicaStatus>,
  comparison: Comparison | null,
): Arc[] {
  if (mode === 'change') return changeArcs(ring, comparison);
  const kindOf = (seat: number, slot: number): ArcKind => {
    if (mode === 'load') return 'faint';
    if (mode === 'health') return HEALTH[statuses.get(seat) ?? 'down'];
    return ring.serving[slot] === seat ? 'full' : 'away';
  };
  return splitRuns(ring.owner, kindOf);
}

function changeArcs(ring: RingPicture, comparison: Comparison | null): Arc[] {
  const after = comparison?.after ?? ring.owner;
  return splitRuns(after, (seat, slot) => (comparison !== null && comparison.before[slot] !== seat ? 'full' : 'faint'));
}

/** Runs of one seat and one kind. The kind is folded into the number so that one pass finds both. */
function splitRuns(seats: readonly number[], kindOf: (seat: number, slot: number) => ArcKind): Arc[] {
  const kinds: ArcKind[] = [];
  const folded = seats.map((seat, slot) => {
    const kind = kindOf(seat, slot);
    if (!kinds.includes(kind)) kinds.push(kind);
    return seat * 16 + kinds.indexOf(kind);
  });
  return runsOf(folded).map(({ seat, start, length }) => ({
    seat: Math.floor(seat / 16),
    kind: kinds[seat % 16] ?? 'faint',
    start,
    length,
  }));
}

/** The thin inner band: who answers where the owner does not, or whose slots they were before the change. */
export function bandOf(mode: RingMode, ring: RingPicture, comparison: Comparison | null): Arc[] {
  const seats =
    mode === 'change'
      ? (comparison?.before.map((seat, slot) => (comparison.after[slot] === seat ? 0 : seat)) ?? [])
      : ring.serving.map((seat, slot) => (seat === ring.owner[slot] ? 0 : seat));
  return runsOf(seats)
    .filter((run) => run.seat !== 0)
    .map((run) => ({ ...run, kind: 'full' }));
}

/** Of the inner band what is about one seat: where others answer for it, and where it answers for others. */
export function bandAround({ owner, serving }: RingPicture, seat: number): Arc[] {
  const around = serving.map((now, slot) => (owner[slot] === seat || now === seat ? now : (owner[slot] ?? 0)));
  return bandOf('owner', { owner, serving: around }, null);
}

/** What the change mode shows: a change asked about, else the last one seen, else nothing. */
export function comparisonOf(
  ring: Pick<RingView, 'owner'>,
  previous: Pick<RingView, 'owner'> | null,
  preview: Comparison | null,
): Comparison | null {
  if (preview !== null) return preview;
  return previous === null ? null : { before: previous.owner, after: ring.owner };
}
