import { grouped } from '../grouped.ts';

type Cell = string | number | null;

/** The figures behind a chart. Numbers stay numbers, so that they can be exported. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** RFC 4180, with a header line. Cells that a spreadsheet would take for a formula are disarmed with an apostrophe. */
export function toCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A number as a table shows it: at most `digits` decimals, null as a dash. */
export function cellText(cell: Cell, digits = 3): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  return grouped(cell, digits);
}
