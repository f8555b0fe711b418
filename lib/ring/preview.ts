import { place } from './place.ts';
import { servingTable } from './table.ts';
import { type Ring, type RingChange, type RingPreview, SLOT_COUNT, type SlotMove } from './types.ts';

/** What a change would do, with nothing changed. Throws RingError as `place` does. */
export function previewChange(ring: Ring, change: RingChange): RingPreview {
  const after = place(ring, change);
  const moves = slotMoves(ring.owner, after.owner);
  const moved = moves.reduce((sum, move) => sum + move.slots.length, 0);
  return { before: ring, after, moves, moved, minimum: fewestMoves(ring, change) };
}

/** Which slots go to which understudy while the given seats are away; `to` is 0 when nobody is left. */
export function previewOutage(ring: Ring, seats: Iterable<number>): SlotMove[] {
  const away = new Set(seats);
  return slotMoves(
    ring.owner,
    servingTable(ring, (seat) => !away.has(seat)),
  );
}

/** The slots whose seat differs between two tables, grouped by from and to, in order of their first slot. */
export function slotMoves(before: ArrayLike<number>, after: ArrayLike<number>): SlotMove[] {
  const moves = new Map<string, { from: number; to: number; slots: number[] }>();
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const from = before[slot] ?? 0;
    const to = after[slot] ?? 0;
    if (from === to) continue;
    const key = `${from}>${to}`;
    const move = moves.get(key);
    if (move) move.slots.push(slot);
    else moves.set(key, { from, to, slots: [slot] });
  }
  return [...moves.values()];
}

/** From even shares to even shares: what joins must be given floor(512 / N) slots at least, what leaves must give up all. */
function fewestMoves(ring: Ring, change: RingChange): number {
  const before = ring.members.length;
  if (change.kind === 'remove') {
    const leaving = new Set(ring.members.filter((m) => change.names.includes(m.name)).map((m) => m.seat));
    return ring.owner.filter((seat) => leaving.has(seat)).length;
  }
  const joining = change.members.length;
  if (joining === 0) return 0;
  const share = Math.floor(SLOT_COUNT / (before + joining));
  // The slots left over go to those who are there already, one each; what is still left joins the new.
  return joining * share + Math.max(0, (SLOT_COUNT % (before + joining)) - before);
}
