import { twoDigits } from './grouped.ts';

/** In ms. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A span in its best unit: "23 ms", "1.2 s", "4 min 10 s", "2 h 5 min", "3 d 4 h"; a negative one is none. */
export function span(ms: number): string {
  const value = Math.max(0, ms);
  if (value < SECOND) return `${Math.round(value)} ms`;
  if (value < MINUTE) return `${twoDigits(value / SECOND)} s`;
  if (value < HOUR) return pair(value, MINUTE, 'min', SECOND, 's');
  if (value < DAY) return pair(value, HOUR, 'h', MINUTE, 'min');
  return pair(value, DAY, 'd', HOUR, 'h');
}

function pair(value: number, major: number, majorUnit: string, minor: number, minorUnit: string): string {
  const rest = Math.floor((value % major) / minor);
  return `${Math.floor(value / major)} ${majorUnit}${rest === 0 ? '' : ` ${rest} ${minorUnit}`}`;
}
