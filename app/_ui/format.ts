import { grouped, twoDigits } from '#lib/grouped.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/span.ts';

const NO_VALUE = '–';

/** 1482 → "1,482"; below ten one decimal, so that slow traffic does not read as none. */
export function count(value: number): string {
  return value > 0 && !Number.isInteger(value) ? twoDigits(value) : grouped(value, 0);
}

/** A latency in ms, without the unit: two significant digits below 10. */
export function latency(ms: number | null): string {
  return ms === null ? NO_VALUE : twoDigits(ms);
}

/** How long ago, coarse: "just now", "28 s ago", "4 min ago", "3 h ago". */
export function ago(ms: number): string {
  if (ms < 1_500) return 'just now';
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  return `${Math.floor(ms / DAY)} d ago`;
}

/** Local time of day with milliseconds: "21:14:08.412". */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`;
}

/** Local date and time to the second: "2026-03-14 21:14:08". */
export function dateTime(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeOfDay(at).slice(0, 8)}`;
}

export function bytes(value: number): string {
  const mebibytes = value / 2 ** 20;
  if (mebibytes < 1024) return `${twoDigits(mebibytes)} MiB`;
  return `${(mebibytes / 1024).toFixed(1)} GiB`;
}

/** A ratio of 0–1 as percent with one decimal: "20.1 %". */
export function share(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** Percent with one decimal below ten: "4.2 %". */
export function percent(value: number): string {
  return `${twoDigits(value)} %`;
}

/** "1 replica", "3 replicas". */
export function plural(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
}
