import { SLOT_COUNT } from '../../../lib/ring/types.ts';
import type { Style } from './style.ts';

/** Letters are about twice as high as wide. */
const ASPECT = 2;
const MARKS = '123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The sign that stands for a seat where colours say too little. */
export function seatMark(seat: number): string {
  return seat === 0 ? '·' : (MARKS[(seat - 1) % MARKS.length] ?? '?');
}

/**
 * The slots as a ring of letters, slot 0 at the top, clockwise: each letter shows the owner of the slot at its angle.
 * `rows` is its height in lines.
 */
export function drawRing(owner: readonly number[], rows: number, style: Style): string {
  const radius = rows / 2;
  const lines: string[] = [];
  for (let y = 0; y < rows; y++) {
    let line = '';
    for (let x = 0; x < rows * ASPECT; x++) {
      const seat = seatAt(owner, (x + 0.5) / ASPECT - radius, y + 0.5 - radius, radius);
      line += seat === null ? ' ' : style.seat(Math.max(1, seat), seatMark(seat));
    }
    lines.push(`${line.trimEnd()}\n`);
  }
  return lines.join('');
}

/** Null off the ring. */
function seatAt(owner: readonly number[], dx: number, dy: number, radius: number): number | null {
  const distance = Math.hypot(dx, dy);
  if (distance > radius || distance < radius * 0.68) return null;
  const turn = (Math.atan2(dx, -dy) / (2 * Math.PI) + 1) % 1;
  return owner[Math.floor(turn * SLOT_COUNT) % SLOT_COUNT] ?? 0;
}

/** All slots, 64 a line, with the number of each line's first. */
export function drawGrid(owner: readonly number[], style: Style): string {
  const lines: string[] = [];
  for (let start = 0; start < SLOT_COUNT; start += 64) {
    const signs = owner.slice(start, start + 64).map((seat) => style.seat(Math.max(1, seat), seatMark(seat)));
    lines.push(`${style.faint(String(start).padStart(4))} ${signs.join('')}\n`);
  }
  return lines.join('');
}
