import { expect, test } from 'vitest';
import { LineCutter, parseLogLine } from './log-reader.ts';

test('lines are whole however the stream is cut', () => {
  const cutter = new LineCutter();
  expect(cutter.push('{"a"')).toEqual([]);
  expect(cutter.push(':1}\n{"b":2}\n{"c')).toEqual(['{"a":1}', '{"b":2}']);
  expect(cutter.push('":3}\n\n')).toEqual(['{"c":3}']);
});

test('what is no log line is left out', () => {
  expect(parseLogLine('{"at":1,"stream":"stdout","text":"hi"}')).toEqual({ at: 1, stream: 'stdout', text: 'hi' });
  expect(parseLogLine('{"at":1}')).toBeNull();
  expect(parseLogLine('not json')).toBeNull();
});
