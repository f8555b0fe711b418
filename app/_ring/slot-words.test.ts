import { expect, test } from 'vitest';
import { inspectSlot } from '#lib/ring/inspect.ts';
import { ringTable } from '#lib/ring/table.ts';
import { ringOf } from '../_testing/state.ts';
import { slotSentence, slotWords } from './slot-words.ts';

const ring = ringOf(4);
const table = ringTable(ring);

test('a slot is said as the ring itself inspects it', () => {
  for (let slot = 0; slot < 512; slot += 7) {
    const { owner, virtualNode, understudies } = inspectSlot(ring, slot);
    expect(slotWords(ring, table, slot)).toMatchObject({ owner, virtualNode, understudies, servedBy: null });
  }
});

test('who answers is named when the owner does not', () => {
  const owner = ring.owner[9] ?? 0;
  const other = (owner % 4) + 1;
  const covered = { ...ring, serving: ring.serving.map((seat) => (seat === owner ? other : seat)) };
  expect(slotWords(covered, table, 9)?.servedBy).toBe(`S${other}`);
  expect(slotSentence(covered, table, 9)).toMatch(
    new RegExp(`^Slot 9: S${owner}, served by S${other} now, virtual node at`),
  );
});

test('the only replica has no understudy', () => {
  const alone = ringOf(1);
  expect(slotSentence(alone, ringTable(alone), 0)).toMatch(/no understudy$/);
});

test('an empty ring has nothing to say about a slot', () => {
  const empty = ringOf(0);
  expect(slotWords(empty, ringTable(empty), 3)).toBeNull();
});
