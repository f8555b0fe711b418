import { grouped } from '../../../lib/grouped.ts';
import type { Style } from './style.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `value` to `max`, in eighths of a letter. */
export function bar(value: number, max: number, width: number): string {
  const eighths = max <= 0 ? 0 : Math.round((Math.max(0, Math.min(value, max)) / max) * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

const BAR_WIDTH = 30;

/** A line each: name, bar, value and how far from the mean; then what it is compared with, where there is that. */
export function bars(
  counts: readonly (readonly [string, number])[],
  style: Style,
  simulated: readonly number[] = [],
): string {
  const max = Math.max(1, ...counts.map(([, count]) => count));
  const mean = counts.reduce((sum, [, count]) => sum + count, 0) / Math.max(1, counts.length);
  const names = Math.max(...counts.map(([name]) => name.length));
  return counts
    .map(([name, count], at) => {
      const away = mean === 0 ? '' : `${count >= mean ? '+' : '-'}${Math.abs((count / mean - 1) * 100).toFixed(1)} %`;
      const drawn = style.seat(at + 1, bar(count, max, BAR_WIDTH).padEnd(BAR_WIDTH));
      const beside = simulated[at] === undefined ? '' : `  simulated ${grouped(simulated[at], 0)}`;
      const value = grouped(count, 0).padStart(9);
      return `${name.padEnd(names)}  ${drawn}  ${value}  ${style.faint(away.padStart(7) + beside)}\n`;
    })
    .join('');
}
