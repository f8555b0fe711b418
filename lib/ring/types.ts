/** Slots on the ring. A power of two, so that a key's hash is reduced with a mask. */
export const SLOT_COUNT = 512;
/** Virtual nodes of each replica: K = log2(SLOT_COUNT). */
export const VIRTUAL_NODES = 9;
/** The most replicas the ring takes: 9 virtual nodes for each of them fit into 512 slots. */
export const MAX_REPLICAS = 56;
/** Seat numbers run from 1 to this; 0 means nobody. Above MAX_REPLICAS so that draining seats keep theirs. */
export const MAX_SEAT = 127;

export const PLACEMENTS = ['balanced', 'hashed', 'classic-linear', 'classic-quadratic'] as const;
/** How virtual nodes are placed. */
export type Placement = (typeof PLACEMENTS)[number];

/** A member of the ring: its name and its seat number (1..MAX_SEAT), which it keeps for life. */
export interface Member {
  readonly name: string;
  readonly seat: number;
}

export interface VirtualNode {
  /** The slot it stands on, 0..511. It owns the slots from its predecessor (exclusive) to here (inclusive). */
  readonly slot: number;
  readonly seat: number;
}

/**
 * The ring's whole state: plain JSON, never mutated. `balanced` depends on the order of changes,
 * so this is what is saved and what the next change starts from.
 */
export interface Ring {
  /** Grows by one with each change of membership. */
  readonly epoch: number;
  readonly placement: Placement;
  /** Seeds the tie-breaks of `balanced`; two rings with the same seed and changes are identical. */
  readonly seed: number;
  readonly members: readonly Member[];
  /** SLOT_COUNT seat numbers; 0 where the ring is empty. */
  readonly owner: readonly number[];
  /** Exactly VIRTUAL_NODES for each member, in slot order. */
  readonly virtualNodes: readonly VirtualNode[];
}

export type RingChange =
  | { readonly kind: 'add'; readonly members: readonly Member[] }
  | { readonly kind: 'remove'; readonly names: readonly string[] };

/** Slots that go from one seat to another; `from` or `to` is 0 where the ring was or becomes empty. */
export interface SlotMove {
  readonly from: number;
  readonly to: number;
  readonly slots: readonly number[];
}

export interface RingPreview {
  readonly before: Ring;
  readonly after: Ring;
  readonly moves: readonly SlotMove[];
  /** Slots whose owner changes. */
  readonly moved: number;
  /** The fewest slots that any placement with even shares would have to move for this change. */
  readonly minimum: number;
}
