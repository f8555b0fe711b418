import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { readChange } from './commands/change-fleet.ts';
import { COMMON, readOptions } from './options.ts';
import { EXPERIMENT_OPTIONS, experimentOf, KILL_OPTIONS, killOf, LOAD_OPTIONS, loadOf } from './request-options.ts';
import { drawGrid, drawRing } from './terminal/ring-drawing.ts';
import { createStyle } from './terminal/style.ts';
import { bar, bars } from './terminal/text-bars.ts';
import { clipped, fittingTable, textTable, wrapped } from './terminal/text-table.ts';
import { nearest } from './usage-error.ts';

const plain = createStyle(false);

test.each([
  [[], { n: 1 }],
  [['2'], { n: 2 }],
  [['S7', 'S8'], { n: 2, hostnames: ['S7', 'S8'] }],
  [['3', 'S7'], { n: 3, hostnames: ['S7'] }],
])('add %j asks for %j', (words, change) => {
  expect(readChange(words)).toEqual(change);
});

test.each([
  [['--requests', '5', '--json'], { requests: 5 }],
  [['--keys', 'zipf:50:1.2'], { keys: { kind: 'zipf', keys: 50, exponent: 1.2 } }],
  [['--path=/other', '--clients=7'], { path: '/other', pace: { kind: 'concurrency', clients: 7, thinkMs: 0 } }],
  [['--rate', '300', '--duration', '2s'], { requests: null, durationMs: 2000, pace: { kind: 'rate', perSecond: 300 } }],
  [['--duration', '1m', '--requests', '9'], { requests: 9, durationMs: 60_000 }],
  [['--key-in', 'query:id', '--method', 'post'], { keyPlace: { kind: 'query', name: 'id' }, method: 'POST' }],
  [['--think', '20ms'], { pace: { thinkMs: 20 } }],
  [['--duration', '0.1h', '--timeout', '2s'], { durationMs: 360_000, timeoutMs: 2000 }],
  [['--header', 'X-A: b:c', '--body', 'x', '--header', 'X-B:'], { headers: { 'X-A': 'b:c', 'X-B': '' }, body: 'x' }],
])('load %j asks for %j', (args, load) => {
  expect(loadOf(readOptions(args, [...LOAD_OPTIONS, ...COMMON]))).toMatchObject({ kind: 'load', load });
});

test.each([
  ['a1', ['--replicas', '5'], { kind: 'a1', replicas: 5, requests: 10_000 }],
  ['a2', ['--from', '3', '--to', '9'], { from: 3, to: 9 }],
  ['a4', ['--counts', '2,5', '--no-measure'], { counts: [2, 5], measure: false }],
  [
    'a4',
    ['--custom', '5i+3; 2i+j ; quadratic', '--custom', 'i;j'],
    {
      custom: [
        { request: '5i + 3', virtualNode: '2i + j', probing: 'quadratic' },
        { request: 'i', virtualNode: 'j', probing: 'linear' },
      ],
    },
  ],
])('experiment %s %j asks for %j', (kind, args, request) => {
  expect(experimentOf(kind, readOptions(args, EXPERIMENT_OPTIONS))).toMatchObject(request);
});

test('the kill demo takes its claim from its options', () => {
  const args = ['--fault', 'hang', '--repeat', '10', '--back-within', '3s', '--max-lost', '2', '--every', '1m'];
  expect(killOf(readOptions(args, KILL_OPTIONS))).toMatchObject({
    fault: 'hang',
    repeat: 10,
    backWithinMs: 3000,
    maxLost: 2,
    everyMs: 60_000,
  });
});

test.each([
  [['--reqests', '5'], /no option --reqests; did you mean --requests\?/],
  [['--requests'], /--requests needs a value: N/],
  [['--requests', 'many'], /--requests takes a whole number/],
  [['--requests', '0'], /--requests: /],
  [['--json=yes'], /--json takes no value/],
  [['--duration', 'soon'], /--duration takes a time/],
  [['--keys', 'zipf:0'], /--keys takes none, random/],
  [['--path', 'home'], /--path: starts with/],
  [['--rate', '999999999'], /--rate: /],
])('load %j is refused in words that help', (args, message) => {
  expect(() => loadOf(readOptions(args, [...LOAD_OPTIONS, ...COMMON]))).toThrow(message);
});

test('a polynomial that is none is refused with the place', () => {
  expect(() => experimentOf('a4', readOptions(['--custom', 'i+;j'], EXPERIMENT_OPTIONS))).toThrow(/--custom: .*sign 3/);
  expect(() => experimentOf('a4', readOptions(['--custom', 'i+j'], EXPERIMENT_OPTIONS))).toThrow(/with a ; between/);
});

test.each([
  ['statsu', 'status'],
  ['kil', 'kill'],
  ['frobnicate', null],
])('for %s it proposes %s', (typed, meant) => {
  expect(nearest(typed, ['status', 'kill', 'logs', 'up'])).toBe(meant);
});

test('the drawn ring is round and shows owners clockwise from the top', () => {
  const owner = Array.from({ length: 512 }, (_, slot) => Math.floor(slot / 128) + 1);
  const lines = drawRing(owner, 20, plain).split('\n');
  expect(lines[0]?.replaceAll(' ', '')).toMatch(/^4+1+$/);
  expect(lines[19]?.replaceAll(' ', '')).toMatch(/^3+2+$/);
  expect(lines[10]).toMatch(/^3+ +2+$/);
});

test('the grid shows every slot once', () => {
  const owner = Array.from({ length: 512 }, (_, slot) => (slot % 3) + 1);
  const signs = drawGrid(owner, plain)
    .split('\n')
    .map((text) => text.slice(5))
    .join('');
  expect(signs).toBe(owner.join(''));
});

test('a bar is as long as its value, to an eighth of a letter', () => {
  expect([bar(0, 8, 4), bar(4, 8, 4), bar(8, 8, 4), bar(1, 32, 4), bar(99, 8, 4)]).toEqual([
    '',
    '██',
    '████',
    '▏',
    '████',
  ]);
});

test('bars say how far each is from the mean', () => {
  expect(
    bars(
      [
        ['S1', 75],
        ['S10', 25],
      ],
      plain,
      [1230, 20],
    ),
  ).toBe(
    `S1   ${'█'.repeat(30)}         75  +50.0 %  simulated 1,230\nS10  ${'█'.repeat(10).padEnd(30)}         25  -50.0 %  simulated 20\n`,
  );
});

test('a table that is too wide goes on below, its first column before each part', () => {
  const text = textTable(['name', 'one', 'two', 'three'], [['S1', '1', '22', '333']], plain, 14);
  expect(text).toBe('name  one  two\nS1      1   22\n\nname  three\nS1      333\n');
});

test('a table leaves out what can be spared until it fits', () => {
  const given = [['name', 'p50', 'p99'], [['S1', '1.0 ms', '22.0 ms']], plain] as const;
  expect(fittingTable(...given, { width: 40, spare: ['p50'] })).toContain('p50');
  expect(fittingTable(...given, { width: 14, spare: ['p50'] })).toBe('name  p99\nS1    22.0 ms\n');
});

test('a text is broken between words', () => {
  expect(wrapped('· one two three', 9, '  ')).toBe('· one two\n  three');
  expect(wrapped('  a  b', 80)).toBe('  a  b');
});

test('a line that is too long for the screen is cut, colours or not', () => {
  const coloured = createStyle(true);
  expect(clipped(coloured.good('abcdef'), 6)).toBe(coloured.good('abcdef'));
  expect(clipped(coloured.good('abcdef'), 4)).toBe('abc…');
});

test('columns line up, numbers to the right, whatever is coloured', () => {
  const coloured = createStyle(true);
  const text = textTable(
    ['name', 'n'],
    [
      [coloured.good('a'), '5'],
      ['long', '1,234'],
    ],
    coloured,
  );
  expect(stripVTControlCharacters(text)).toBe('name      n\na         5\nlong  1,234\n');
});
