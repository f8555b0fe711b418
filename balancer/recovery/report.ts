import type { LoadSummary } from '../../lib/lab/load.ts';
import type { Recovery } from './contender.ts';

/** What one contender did in all its rounds, and what became of the load meanwhile. */
export interface Result {
  readonly name: string;
  readonly recoveries: readonly Recovery[];
  readonly load: LoadSummary;
}

const NAME_WIDTH = 46;
const COLUMNS = [
  { title: 'noticed', width: 11 },
  { title: 'out of rotation', width: 15 },
  { title: 'back to N', width: 13 },
  { title: 'lost GETs', width: 14 },
  { title: '/rep untrue', width: 12 },
] as const;

function line(name: string, cells: readonly string[]): string {
  return [name.padEnd(NAME_WIDTH), ...COLUMNS.map(({ width }, i) => (cells[i] ?? '').padStart(width))].join('  ');
}

export function heading(): string {
  return line(
    '',
    COLUMNS.map(({ title }) => title),
  );
}

function quantile(values: readonly (number | null)[], ratio: number): number {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[Math.min(known.length - 1, Math.ceil(known.length * ratio) - 1)] ?? Number.NaN;
}

function pair(values: readonly (number | null)[], otherwise: string): string {
  if (values.every((value) => value === null)) return otherwise;
  return `${Math.round(quantile(values, 0.5))} / ${Math.round(quantile(values, 0.95))}`;
}

/** Of the time back to N, ms; NaN when it never came back. */
export function median({ recoveries }: Result): number {
  return quantile(
    recoveries.map(({ backMs }) => backMs),
    0.5,
  );
}

export function row({ name, recoveries, load }: Result): string {
  const cells = [
    pair(
      recoveries.map(({ noticedMs }) => noticedMs),
      '–',
    ),
    pair(
      recoveries.map(({ outOfRotationMs }) => outOfRotationMs),
      '–',
    ),
    pair(
      recoveries.map(({ backMs }) => backMs),
      'never',
    ),
  ];
  const lists = recoveries.flatMap(({ lists: found }) => found ?? []);
  if (lists.length > 0) {
    const [asked, untrue] = [sum(lists.map((one) => one.asked)), sum(lists.map((one) => one.untrue))];
    cells.push(`${load.failed} of ${load.requests}`, `${untrue} of ${asked}`);
  }
  return line(name, cells) + (lists.length > 0 ? losses(load) : '');
}

/** What those who lost something got instead. */
function losses({ byStatus, unanswered }: LoadSummary): string {
  const answers = Object.entries(byStatus).filter(([status]) => status.startsWith('5'));
  const counts = unanswered > 0 ? [...answers, ['no answer', unanswered] as const] : answers;
  return counts.map(([status, count]) => `\n  lost: ${status} × ${count}`).join('');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
