import type { Style } from './style.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `value` to `max`, in eighths of a letter. */
export function bar(value: number, max: number, width: number): string {
  const eighths = max <= 0 ? 0 : Math.round((Math.max(0, Math.min(value, max)) / max) * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** A line each: name, bar, value and how far from the mean. */
export function bars(counts: readonly (readonly [string, number])[], style: Style, width = 40): string {
  const max = Math.max(1, ...counts.map(([, count]) => count));
  const mean = counts.reduce((sum, [, count]) => sum + count, 0) / Math.max(1, counts.length);
  const names = Math.max(...counts.map(([name]) => name.length));
  return counts
    .map(([name, count], at) => {
      const away = mean === 0 ? '' : `${count >= mean ? '+' : '-'}${Math.abs((count / mean - 1) * 100).toFixed(1)} %`;
      const drawn = style.seat(at + 1, bar(count, max, width).padEnd(width));
      return `${name.padEnd(names)}  ${drawn}  ${count.toLocaleString('en').padStart(9)}  ${style.faint(away)}\n`;
    })
    .join('');
}
