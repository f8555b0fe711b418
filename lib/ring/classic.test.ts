import { describe, expect, test } from 'vitest';
import { classicRequestSlot } from './hash.ts';
import { place } from './place.ts';
import { placementContract } from './placement.contract.ts';
import { ringOf } from './sample-rings.ts';
import type { Placement } from './types.ts';

placementContract('classic-linear');
placementContract('classic-quadratic');

function slotsOf(placement: Placement, seat: number): number[] {
  return ringOf(placement, seat)
    .virtualNodes.filter((node) => node.seat === seat)
    .map((node) => node.slot);
}

describe.each(['classic-linear', 'classic-quadratic'] as const)('a %s ring', (placement) => {
  test('puts the first member where the assignment says', () => {
    expect(slotsOf(placement, 1)).toEqual([29, 34, 41, 50, 61, 74, 89, 106, 125]);
  });

  test('is as uneven as the assignment: one of three members gets 84 % of the requests', () => {
    const { owner } = ringOf(placement, 3);
    let first = 0;
    for (let id = 100_000; id < 1_000_000; id++) if (owner[classicRequestSlot(id)] === 1) first++;
    expect(first / 900_000).toBeCloseTo(0.836, 3);
  });

  test('leaves all other virtual nodes where they are when a member goes', () => {
    const before = ringOf(placement, 20);
    const after = place(before, { kind: 'remove', names: ['S7'] });
    expect(after.virtualNodes).toEqual(before.virtualNodes.filter((node) => node.seat !== 7));
  });
});

test('a taken slot gives way to the next in linear probing, and by strides that grow in quadratic', () => {
  // Φ(4, 2) = 49 is taken by member 3, and 50 by member 1.
  expect(slotsOf('classic-linear', 4)).toEqual([45, 51, 56, 65, 76, 90, 104, 121, 140]);
  expect(slotsOf('classic-quadratic', 4)).toEqual([45, 52, 56, 65, 76, 90, 104, 121, 140]);
});
