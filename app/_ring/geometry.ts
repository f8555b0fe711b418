import { SLOT_COUNT } from '#lib/ring/types.ts';

/** The ring is drawn in a square of this many units; slot 0 begins at the top, slots run clockwise. */
export const SIZE = 1000;
export const CENTER = SIZE / 2;

/** Radii in units, from outside in. */
export const RADIUS = {
  label: 487,
  tickOuter: 464,
  tickInner: 450,
  arcOuter: 442,
  arcInner: 372,
  bandOuter: 364,
  bandInner: 350,
  trafficOuter: 340,
  trafficInner: 262,
} as const;

/** Neighbouring slots that belong together, both ends inclusive; `seat` 0 is nobody. */
export interface Run {
  readonly seat: number;
  readonly start: number;
  readonly length: number;
}

/** The angle at which a slot begins, radians from the top, clockwise. */
export function angleOf(slot: number): number {
  return (slot / SLOT_COUNT) * 2 * Math.PI;
}

export function pointAt(angle: number, radius: number): { readonly x: number; readonly y: number } {
  return { x: CENTER + radius * Math.sin(angle), y: CENTER - radius * Math.cos(angle) };
}

/** The slot at a point given in units from the centre; null inside or outside the ring. */
export function slotAt(x: number, y: number): number | null {
  const radius = Math.hypot(x, y);
  if (radius < RADIUS.trafficInner - 40 || radius > RADIUS.label) return null;
  const turns = Math.atan2(x, -y) / (2 * Math.PI);
  return Math.floor((turns < 0 ? turns + 1 : turns) * SLOT_COUNT) % SLOT_COUNT;
}

/** Merges neighbouring slots of one seat, over the end of the ring too. */
export function runsOf(seats: ArrayLike<number>): Run[] {
  const runs: { seat: number; start: number; length: number }[] = [];
  for (let slot = 0; slot < seats.length; slot++) {
    const seat = seats[slot] ?? 0;
    const last = runs.at(-1);
    if (last !== undefined && last.seat === seat) last.length++;
    else runs.push({ seat, start: slot, length: 1 });
  }
  const first = runs[0];
  const last = runs.at(-1);
  if (first !== undefined && last !== undefined && first !== last && first.seat === last.seat) {
    last.length += first.length;
    runs.shift();
  }
  return runs;
}

/** An SVG path around a stretch of slots between two radii, with `gap` units of air at each end. */
export function arcPath(start: number, length: number, inner: number, outer: number, gap: number): string {
  if (length >= SLOT_COUNT) return fullRing(inner, outer);
  const air = Math.min(gap / outer, angleOf(length) * 0.3);
  const from = angleOf(start) + air;
  const to = angleOf(start + length) - air;
  const large = to - from > Math.PI ? 1 : 0;
  const [a, b, c, d] = [pointAt(from, outer), pointAt(to, outer), pointAt(to, inner), pointAt(from, inner)];
  return (
    `M${fixed(a.x)} ${fixed(a.y)}A${outer} ${outer} 0 ${large} 1 ${fixed(b.x)} ${fixed(b.y)}` +
    `L${fixed(c.x)} ${fixed(c.y)}A${inner} ${inner} 0 ${large} 0 ${fixed(d.x)} ${fixed(d.y)}Z`
  );
}

function fullRing(inner: number, outer: number): string {
  const circle = (radius: number, sweep: number) =>
    `M${CENTER} ${CENTER - radius}A${radius} ${radius} 0 1 ${sweep} ${CENTER} ${CENTER + radius}` +
    `A${radius} ${radius} 0 1 ${sweep} ${CENTER} ${CENTER - radius}Z`;
  return circle(outer, 1) + circle(inner, 0);
}

/** Two decimals, so that server and browser write the same path. */
function fixed(value: number): string {
  return value.toFixed(2);
}
