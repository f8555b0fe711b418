import { nearestClockwise, rankClockwise } from './clockwise.ts';
import { classicVirtualSlot } from './hash.ts';
import type { Layout, PlacementAlgorithm } from './placement-algorithm.ts';
import { slotAt } from './slot-at.ts';
import { type Member, VIRTUAL_NODES, type VirtualNode } from './types.ts';

/** How far from its slot the t-th try looks. Must reach every distance modulo SLOT_COUNT. */
type Probe = (t: number) => number;

/** The assignment's Φ(seat, j); a taken slot is resolved by trying the next ones in turn. */
export const classicLinear = classic((t) => t);

/**
 * Quadratic probing by the triangular numbers (t² + t) / 2: for a power of two they reach every slot, so a free one
 * is always found. Plain t² reaches only 87 of 512.
 */
export const classicQuadratic = classic((t) => (t * (t + 1)) / 2);

function classic(probe: Probe): PlacementAlgorithm {
  return {
    add: (layout, member) =>
      layoutOf([...layout.members, member], [...layout.virtualNodes, ...newNodes(layout, member, probe)]),
    remove: (layout, { seat }) =>
      layoutOf(
        layout.members.filter((other) => other.seat !== seat),
        layout.virtualNodes.filter((node) => node.seat !== seat),
      ),
    rank: rankClockwise,
  };
}

function layoutOf(members: readonly Member[], nodes: readonly VirtualNode[]): Layout {
  return { members, owner: nearestClockwise(nodes), virtualNodes: nodes.toSorted((a, b) => a.slot - b.slot) };
}

function newNodes(layout: Layout, member: Member, probe: Probe): VirtualNode[] {
  const taken = new Set(layout.virtualNodes.map((node) => node.slot));
  const nodes: VirtualNode[] = [];
  for (let j = 1; j <= VIRTUAL_NODES; j++) {
    const home = classicVirtualSlot(member.seat, j);
    let slot = home;
    for (let t = 1; taken.has(slot); t++) slot = slotAt(home, probe(t));
    taken.add(slot);
    nodes.push({ slot, seat: member.seat });
  }
  return nodes;
}
