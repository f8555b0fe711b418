import { stripVTControlCharacters } from 'node:util';
import { cellText, type Table } from '../../../lib/lab/table.ts';
import type { Style } from './style.ts';

/** Columns side by side, numbers to the right. Cells may be coloured. */
export function textTable(columns: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const widths = columns.map((name, at) => Math.max(width(name), ...rows.map((row) => width(row[at] ?? ''))));
  const isNumber = columns.map(
    (_, at) => rows.length > 0 && rows.every((row) => /^[-\d.,–%]*$/.test(plain(row[at] ?? ''))),
  );
  const cell = (text: string, at: number): string => {
    const gap = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(text)));
    return isNumber[at] ? gap + text : text + gap;
  };
  const head = columns.map((name, at) => style.faint(cell(name, at))).join('  ');
  return [head, ...rows.map((row) => row.map(cell).join('  '))].map((text) => `${text.trimEnd()}\n`).join('');
}

/** A figure's table. */
export function figureTable({ columns, rows }: Table, style: Style): string {
  return textTable(
    columns,
    rows.map((row) => row.map((value) => cellText(value, 2))),
    style,
  );
}

function width(text: string): number {
  return [...plain(text)].length;
}

function plain(text: string): string {
  return stripVTControlCharacters(text);
}
