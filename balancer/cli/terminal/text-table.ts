import { stripVTControlCharacters } from 'node:util';
import { cellText, type Table } from '../../../lib/lab/table.ts';
import type { Style } from './style.ts';

const GAP = 2;

/**
 * Columns side by side, numbers to the right. Cells may be coloured. A table wider than `width` goes on below, its first
 * column before each part.
 */
export function textTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  width = Number.POSITIVE_INFINITY,
): string {
  const widths = columns.map((name, at) => Math.max(widthOf(name), ...rows.map((row) => widthOf(row[at] ?? ''))));
  const isNumber = columns.map(
    (_, at) => rows.length > 0 && rows.every((row) => /^[-\d.,–%]*$/.test(plain(row[at] ?? ''))),
  );
  const cell = (text: string, at: number): string => {
    const gap = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(text)));
    return isNumber[at] ? gap + text : text + gap;
  };
  const line = (cells: readonly string[], part: readonly number[]): string =>
    `${part
      .map((at) => cells[at] ?? '')
      .join(' '.repeat(GAP))
      .trimEnd()}\n`;
  const head = columns.map((name, at) => style.faint(cell(name, at)));
  const body = rows.map((row) => columns.map((_, at) => cell(row[at] ?? '', at)));
  return partsOf(widths, width)
    .map((part) => [head, ...body].map((cells) => line(cells, part)).join(''))
    .join('\n');
}

/** Which columns stand together: the first one in each part, the others in order, as many as there is room for. */
function partsOf(widths: readonly number[], width: number): number[][] {
  const parts: number[][] = [[0]];
  let used = widths[0] ?? 0;
  for (let at = 1; at < widths.length; at++) {
    const needed = GAP + (widths[at] ?? 0);
    const part = parts.at(-1) ?? [];
    if (used + needed <= width || part.length === 1) {
      part.push(at);
      used += needed;
    } else {
      parts.push([0, at]);
      used = (widths[0] ?? 0) + needed;
    }
  }
  return parts;
}

/** The same on as few columns as it takes to fit: those of `spare` are left out, the first named first. */
export function fittingTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  { width, spare }: { readonly width: number; readonly spare: readonly string[] },
): string {
  const text = textTable(columns, rows, style);
  const [first, ...more] = spare;
  const at = columns.indexOf(first ?? '');
  if (at < 0 || text.split('\n').every((line) => widthOf(line) <= width)) return text;
  const without = (cells: readonly string[]): string[] => cells.toSpliced(at, 1);
  return fittingTable(without(columns), rows.map(without), style, { width, spare: more });
}

/** A figure's table. */
export function figureTable({ columns, rows }: Table, style: Style, width?: number): string {
  return textTable(
    columns,
    rows.map((row) => row.map((value) => cellText(value, 2))),
    style,
    width,
  );
}

/** Breaks a text between words so that it fits; lines after the first begin with `indent`. */
export function wrapped(text: string, width: number, indent = ''): string {
  const [first = '', ...words] = text.split(' ');
  const lines: string[] = [];
  let line = first;
  for (const word of words) {
    if (widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = indent + word;
    } else line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** The beginning of a line that may be coloured, so that it takes one row of the screen. */
export function clipped(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  return `${plain(line).slice(0, Math.max(0, width - 1))}…`;
}

function widthOf(text: string): number {
  return [...plain(text)].length;
}

function plain(text: string): string {
  return stripVTControlCharacters(text);
}
