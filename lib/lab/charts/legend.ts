import { element, label, line } from './svg.ts';
import { widthOf } from './text.ts';

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  /** `none`: words alone. */
  readonly style: 'fill' | 'line' | 'dashed' | 'band' | 'none';
}

const MARK = 22;
const GAP = 14;

/** Without the gap after it, px. */
function entryWidth({ name, style }: LegendEntry): number {
  return (style === 'none' ? 0 : MARK) + widthOf(name);
}

export function rowWidth(entries: readonly LegendEntry[]): number {
  return entries.reduce((sum, entry) => sum + entryWidth(entry) + GAP, -GAP);
}

/** As many entries in each row as have room. */
export function legendRows(entries: readonly LegendEntry[], width: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [];
  for (const entry of entries) {
    const row = rows.at(-1);
    if (row !== undefined && rowWidth([...row, entry]) <= width) row.push(entry);
    else rows.push([entry]);
  }
  return rows;
}

/** Marks and names from `left` on, the names standing on `y`. */
export function legendRow(entries: readonly LegendEntry[], left: number, y: number): string {
  let x = left;
  return entries
    .map((entry) => {
      const at = x;
      x += entryWidth(entry) + GAP;
      return entry.style === 'none'
        ? label(at, y, entry.name)
        : legendMark(entry.style, entry.colour, at, y) + label(at + MARK, y, entry.name);
    })
    .join('');
}

function legendMark(style: LegendEntry['style'], colour: string, x: number, y: number): string {
  if (style === 'line' || style === 'dashed') {
    const dash = style === 'dashed' ? '4 3' : undefined;
    return line(x, y - 4, x + 16, y - 4, { stroke: colour, 'stroke-width': 2, 'stroke-dasharray': dash });
  }
  const opacity = style === 'band' ? 0.2 : undefined;
  return element('rect', { x: x + 3, y: y - 9, width: 10, height: 10, fill: colour, 'fill-opacity': opacity });
}
