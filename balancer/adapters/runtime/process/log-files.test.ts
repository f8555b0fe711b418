import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFiles } from './log-files.ts';

let folder: string;
let paths: { stdout: string; stderr: string };
let logs: LogFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringmaster-logs-'));
  paths = { stdout: join(folder, 'out'), stderr: join(folder, 'err') };
  logs = new LogFiles(paths);
});
afterEach(() => rmSync(folder, { recursive: true }));

const texts = (position = 0): readonly string[] => logs.from(position).lines.map(({ text }) => text);

test('lines come with their stream and the time they were read; what is unfinished waits for its end', () => {
  appendFileSync(paths.stdout, 'one\ntw');
  appendFileSync(paths.stderr, 'woe\r\n');
  logs.pull(10);
  appendFileSync(paths.stdout, 'o\n');
  logs.pull(20);
  expect(logs.from(0)).toEqual({
    next: 3,
    lines: [
      { at: 10, stream: 'stdout', text: 'one' },
      { at: 10, stream: 'stderr', text: 'woe' },
      { at: 20, stream: 'stdout', text: 'two' },
    ],
  });
});

test('a tail begins as many lines back as there are, at most', () => {
  appendFileSync(paths.stdout, 'a\nb\nc\n');
  logs.pull(1);
  expect(texts(logs.positionOfTail(2))).toEqual(['b', 'c']);
  expect(texts(logs.positionOfTail(100))).toEqual(['a', 'b', 'c']);
  expect(texts(logs.positionOfTail(0))).toEqual([]);
});

test('a character cut in two by a read stays whole', () => {
  const bytes = Buffer.from('grüße\n');
  for (const byte of bytes) {
    appendFileSync(paths.stdout, Buffer.of(byte));
    logs.pull(1);
  }
  expect(texts()).toEqual(['grüße']);
});

test('a file that grows too long is emptied once it was read, and goes on', () => {
  const line = `${'x'.repeat(1000)}\n`;
  appendFileSync(paths.stdout, line.repeat(1100));
  logs.pull(1);
  expect(statSync(paths.stdout).size).toBe(0);
  appendFileSync(paths.stdout, 'after\n');
  logs.pull(2);
  expect(texts().at(-1)).toBe('after');
});

test('only the latest lines are kept, however many and however long they are', () => {
  for (let i = 0; i < 100; i++) {
    appendFileSync(paths.stdout, `${i} ${'y'.repeat(30)}\n`.repeat(100));
    logs.pull(i);
  }
  const kept = texts();
  expect(kept.length).toBeLessThanOrEqual(4000);
  expect(kept.length).toBeGreaterThanOrEqual(2000);
  expect(kept.at(-1)).toMatch(/^99 /);
  const { next } = logs.from(0);
  expect(next).toBe(10_000);
});

test('a line without end is cut', () => {
  appendFileSync(paths.stdout, `${'z'.repeat(100_000)}\nshort\n`);
  logs.pull(1);
  expect(texts().map((text) => text.length)).toEqual([16_384, 5]);
});

test('what has printed nothing yet has no lines', () => {
  logs.pull(1);
  expect(logs.from(0)).toEqual({ lines: [], next: 0 });
});
