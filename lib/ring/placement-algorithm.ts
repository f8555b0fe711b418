import type { Member, Ring } from './types.ts';

/** Who stands where: the part of a ring that a placement decides. */
export type Layout = Pick<Ring, 'members' | 'owner' | 'virtualNodes'>;

/**
 * Places virtual nodes. All functions are pure, and given what a valid ring allows: `add` fewer than MAX_REPLICAS
 * members and a new name and seat, `remove` a member of the layout. The same input gives the same output.
 */
export interface PlacementAlgorithm {
  /** `seed` may break ties. */
  add(layout: Layout, member: Member, seed: number): Layout;
  remove(layout: Layout, member: Member, seed: number): Layout;
  /**
   * Every slot's order of preference: for slot s the seats at `s * members.length` and on, its owner first, then
   * all other members, each once.
   */
  rank(layout: Layout): Uint8Array;
}
