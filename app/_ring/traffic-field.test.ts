import { expect, test } from 'vitest';
import { PULSES, TrafficField } from './traffic-field.ts';

const at = () => 0;
const everySlot = Array.from({ length: 512 }, (_, slot): [number, number] => [slot, 3]);

test('a request lights its slot, and the light goes out', () => {
  const field = new TrafficField();
  field.add([[7, 2]], 0, 100, at);
  expect(field.lit).toBe(true);
  field.decay(1_400);
  expect(field.glow[7]).toBeCloseTo(2 / Math.E);
  field.decay(20_000);
  expect(field.lit).toBe(false);
  expect(field.glow[7]).toBe(0);
});

test('a burst takes part of the pool of pulses and never grows it', () => {
  const field = new TrafficField();
  field.add(everySlot, 0, 100, at);
  const flying = field.pulseSlot.filter((slot) => slot >= 0).length;
  expect(flying).toBeGreaterThan(10);
  expect(flying).toBeLessThan(PULSES / 2);
  for (let frame = 0; frame < 50; frame++) field.add(everySlot, frame, 100, at);
  expect(field.pulseSlot).toHaveLength(PULSES);
});

test('the scale rises at once with traffic and sinks slowly after it', () => {
  const field = new TrafficField();
  field.add([[1, 100]], 0, 100, at);
  field.decay(0);
  expect(field.scale).toBe(100);
  field.decay(1_400);
  expect(field.scale).toBeGreaterThan(80);
  field.decay(60_000);
  expect(field.scale).toBe(1);
});

test('slots that do not exist are ignored', () => {
  const field = new TrafficField();
  field.add(
    [
      [512, 1],
      [-1, 1],
    ],
    0,
    100,
    at,
  );
  field.decay(1);
  expect(field.lit).toBe(false);
});
