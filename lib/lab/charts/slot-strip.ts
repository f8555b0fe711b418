import { SLOT_COUNT } from '../../ring/types.ts';
import { drawing, element, INK, label } from './svg.ts';

const CELL = 11;
const COLUMNS = 64;
const TOP = 44;

/** All slots in rows of 64, those that a request function reaches filled: shows why the classic H is uneven. */
export function slotStrip(title: string, slots: ArrayLike<number>): string {
  const weight = new Array<number>(SLOT_COUNT).fill(0);
  for (const slot of Array.from(slots)) weight[slot] = (weight[slot] ?? 0) + 1;
  const heaviest = Math.max(1, ...weight);
  const cells = weight.map((count, slot) =>
    element('rect', {
      x: (slot % COLUMNS) * CELL,
      y: TOP + Math.floor(slot / COLUMNS) * CELL,
      width: CELL - 1,
      height: CELL - 1,
      fill: count === 0 ? INK.line : INK.second,
      'fill-opacity': count === 0 ? undefined : 0.35 + (0.65 * count) / heaviest,
    }),
  );
  const reached = weight.filter((count) => count > 0).length;
  const words = `${reached} of ${SLOT_COUNT} slots can ever get a request`;
  const heading = label(0, 16, title, { fill: INK.ink, 'font-size': 14, 'font-weight': 600 }) + label(0, 34, words);
  const size = { width: COLUMNS * CELL, height: TOP + (SLOT_COUNT / COLUMNS) * CELL };
  return drawing(size, { title, description: words }, [heading, ...cells]);
}
