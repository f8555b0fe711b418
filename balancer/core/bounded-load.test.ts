import { expect, test } from 'vitest';
import { slotOfKey } from '#lib/ring/hash.ts';
import { Availability, createBoard, SharedLoads } from './board.ts';
import { boundedPicker } from './bounded-load.ts';
import { NO_SEAT, pick } from './pick.ts';

/** Seats 1 to `count` take turns on the slots, and stand in for each other in that order. */
function setUp(count: number, factor: number) {
  const board = createBoard(1);
  const availability = new Availability(board);
  const candidates = new Uint8Array(512 * count);
  for (let i = 0; i < candidates.length; i++) candidates[i] = ((Math.floor(i / count) + (i % count)) % count) + 1;
  for (let seat = 1; seat <= count; seat++) availability.set(seat, true, 1);
  const loads = new SharedLoads(board);
  let spilled = 0;
  const picker = boundedPicker({ loads, factor, onSpill: () => spilled++ });
  const snapshot = { version: 1, candidates, depth: count, seats: [] };
  return { loads, availability, snapshot, picker, spilled: () => spilled };
}

test.each<[Record<number, number>, readonly number[], number]>([
  [{}, [], 1],
  // ceil(1.25 * (6 + 1) / 3) = 3
  [{ 1: 2, 2: 2, 3: 2 }, [], 1],
  [{ 1: 3, 2: 2, 3: 1 }, [], 3],
  [{ 1: 3, 2: 1, 3: 1 }, [], 2],
  [{ 1: 3, 2: 2, 3: 1 }, [3], 2],
  [{ 1: 0, 2: 9, 3: 9 }, [1], 2],
])('with %j in flight, having tried %j, slot 0 picks %d', (inFlight, tried, expected) => {
  const { loads, availability, snapshot, picker } = setUp(3, 1.25);
  for (const [seat, count] of Object.entries(inFlight)) loads.add(Number(seat), count);
  expect(picker(snapshot, availability, 0, tried)).toBe(expected);
});

test('who is away counts for nothing, and with everybody away there is nobody', () => {
  const { loads, availability, snapshot, picker, spilled } = setUp(3, 1.25);
  loads.add(1, 100);
  availability.set(1, false, 1);
  loads.add(2, 1);
  expect(picker(snapshot, availability, 0, [])).toBe(2);
  loads.add(2, 1);
  expect([picker(snapshot, availability, 0, []), spilled()]).toEqual([3, 1]);
  for (const seat of [2, 3]) availability.set(seat, false, 1);
  expect(picker(snapshot, availability, 0, [])).toBe(NO_SEAT);
});

/** Requests with Zipf keys (s = 1, 2,000 keys) of which 100 are in flight at a time. */
function zipfRun(factor: number): { readonly peak: number; readonly atHome: number } {
  const { loads, availability, snapshot, picker } = setUp(10, factor);
  const cumulative: number[] = [];
  for (let i = 1; i <= 2000; i++) cumulative.push((cumulative.at(-1) ?? 0) + 1 / i);
  const whole = cumulative.at(-1) ?? 0;
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x80000000;
  };
  const zipf = () => {
    const at = random() * whole;
    return cumulative.findIndex((sum) => at < sum);
  };
  const flying: number[] = [];
  let [home, peak] = [0, 0];
  for (let i = 0; i < 20_000; i++) {
    const slot = slotOfKey(`user-${zipf()}`);
    const seat = picker(snapshot, availability, slot, []);
    if (seat === pick(snapshot, availability, slot, [])) home++;
    loads.add(seat, 1);
    if (flying.push(seat) <= 100) continue;
    loads.add(flying.splice(Math.floor(random() * flying.length), 1)[0] ?? 0, -1);
    peak = Math.max(peak, ...Array.from({ length: 10 }, (_, k) => loads.of(k + 1)));
  }
  return { peak: peak / 10, atHome: home / 20_000 };
}

test('with Zipf keys nobody has more than 1.25 times the mean and one request, and most requests stay at home', () => {
  const { peak, atHome } = zipfRun(1.25);
  expect(peak).toBeLessThanOrEqual(1.4);
  expect(atHome).toBeGreaterThan(0.8);
  expect(zipfRun(1000).peak).toBeGreaterThan(1.8);
});
