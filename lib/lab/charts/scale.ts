import { grouped } from '../../grouped.ts';

/** Maps a number from one range to another, straight. A range without extent maps to its start. */
export function linearScale(from: readonly [number, number], to: readonly [number, number]): (value: number) => number {
  const extent = from[1] - from[0];
  return (value) => (extent === 0 ? to[0] : to[0] + ((value - from[0]) / extent) * (to[1] - to[0]));
}

/** The lowest and the highest; 1 to 2 of nothing. */
export function extentOf(values: readonly number[]): readonly [number, number] {
  return values.length === 0 ? [1, 2] : [Math.min(...values), Math.max(...values)];
}

/** Round numbers from 0 up to the first one at or above `max`, about `count` of them. */
export function ticksTo(max: number, count = 4): number[] {
  const step = niceStep(Math.max(max, Number.MIN_VALUE) / count);
  const steps = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((nice) => nice * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** 1,234.5: at most two decimals. */
export function spoken(value: number): string {
  return grouped(value, 2);
}
