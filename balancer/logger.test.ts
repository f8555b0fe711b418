import { expect, test } from 'vitest';
import { readable } from './logger.ts';

test('a line says when, how bad, what, and the fields worth reading', () => {
  const line = {
    level: 40,
    time: '2026-01-02T03:04:05.678Z',
    pid: 1,
    hostname: 'h',
    msg: 'out of rotation',
    replica: 'S2',
  };
  expect(readable(JSON.stringify({ ...line, reason: 'two words', actor: null }))).toBe(
    '03:04:05.678 warn  out of rotation  replica=S2  reason="two words"\n',
  );
});

test('a stack comes on lines of its own', () => {
  const line = { level: 50, time: '2026-01-02T03:04:05.678Z', msg: 'failed', stack: 'Error: x\n    at y' };
  expect(readable(JSON.stringify(line))).toBe('03:04:05.678 error failed\nError: x\n    at y\n');
});
