import { SLOT_COUNT } from '../../ring/types.ts';
import { FULL_WIDTH, headOf } from './frame.ts';
import { drawing, element, INK } from './svg.ts';

const CELL = 11;
const COLUMNS = 64;

/** All slots in rows of 64 (32 where there is no room), those that a request function reaches filled: shows why the classic H is uneven. */
export function slotStrip(title: string, slots: ArrayLike<number>, width = FULL_WIDTH): string {
  const columns = COLUMNS * CELL <= width ? COLUMNS : COLUMNS / 2;
  const cell = Math.min(CELL, width / columns);
  const weight = new Array<number>(SLOT_COUNT).fill(0);
  for (const slot of Array.from(slots)) weight[slot] = (weight[slot] ?? 0) + 1;
  const heaviest = Math.max(1, ...weight);
  const reached = weight.filter((count) => count > 0).length;
  const words = `${reached} of ${SLOT_COUNT} slots can ever get a request`;
  const head = headOf({ title, unit: words, width });
  const top = head.height + 10;
  const cells = weight.map((count, slot) =>
    element('rect', {
      x: (slot % columns) * cell,
      y: top + Math.floor(slot / columns) * cell,
      width: cell - 1,
      height: cell - 1,
      fill: count === 0 ? INK.line : INK.second,
      'fill-opacity': count === 0 ? undefined : 0.35 + (0.65 * count) / heaviest,
    }),
  );
  const size = { width: columns * cell, height: top + (SLOT_COUNT / columns) * cell };
  return drawing(size, { title, description: words }, [head.markup, ...cells]);
}
