import type { RingView } from '#lib/api/state.ts';
import type { RingTable } from '#lib/ring/table.ts';

/** A seat's name; "nobody" for seat 0. */
export function seatName(ring: Pick<RingView, 'members'>, seat: number): string {
  if (seat === 0) return 'nobody';
  return ring.members.find((member) => member.seat === seat)?.name ?? `seat ${seat}`;
}

/** What can be said about a slot, with names. */
export interface SlotWords {
  readonly slot: number;
  readonly owner: number;
  readonly ownerName: string;
  /** The slot of the virtual node it belongs to: the nearest clockwise. */
  readonly virtualNode: number;
  /** Seats that take over when the owner is away, in this order. */
  readonly understudies: readonly number[];
  /** Who answers now, when that is not the owner. */
  readonly servedBy: string | null;
  /** The first three understudies by name. */
  readonly nextNames: readonly string[];
}

/** Null for an empty ring, and until the table is there. */
export function slotWords(ring: RingView, table: RingTable | null, slot: number): SlotWords | null {
  if (table === null) return null;
  // Read here rather than through lib/ring/table.ts, which brings every placement with it.
  const [owner, ...understudies] = table.candidates.subarray(slot * table.depth, (slot + 1) * table.depth);
  if (owner === undefined) return null;
  const node = ring.virtualNodes.find((other) => other.slot >= slot) ?? ring.virtualNodes[0];
  const serving = ring.serving[slot] ?? 0;
  return {
    slot,
    owner,
    understudies,
    ownerName: seatName(ring, owner),
    virtualNode: node?.slot ?? slot,
    servedBy: serving === owner ? null : seatName(ring, serving),
    nextNames: understudies.slice(0, 3).map((seat) => seatName(ring, seat)),
  };
}

/** A slot in one sentence, for the keyboard and for screen readers. */
export function slotSentence(ring: RingView, table: RingTable | null, slot: number): string {
  const words = slotWords(ring, table, slot);
  if (words === null) return `Slot ${slot}`;
  const served = words.servedBy === null ? '' : `, served by ${words.servedBy} now`;
  const next = words.nextNames.length === 0 ? 'no understudy' : `then ${words.nextNames.join(', ')}`;
  return `Slot ${slot}: ${words.ownerName}${served}, virtual node at ${words.virtualNode}, ${next}`;
}
