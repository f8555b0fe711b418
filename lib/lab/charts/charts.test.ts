import { expect, test } from 'vitest';
import { bandChart } from './band-chart.ts';
import { barChart } from './bar-chart.ts';
import { linearScale, ticksTo } from './scale.ts';
import { slotStrip } from './slot-strip.ts';
import { smallMultiples } from './small-multiples.ts';
import { element, seatColour } from './svg.ts';
import { timelineChart } from './timeline-chart.ts';

/** Every tag that opens also closes, in order: enough to say that an XML parser would take it. */
function isWellFormed(markup: string): boolean {
  const open: string[] = [];
  for (const [, closing, name, , empty] of markup.matchAll(/<(\/?)([a-z]+)((?:\s[a-zA-Z0-9:-]+="[^"<]*")*)(\/?)>/g)) {
    if (empty) continue;
    if (!closing) open.push(name ?? '');
    else if (open.pop() !== name) return false;
  }
  const leftover = markup.replaceAll(/<\/?[a-z]+(?:\s[a-zA-Z0-9:-]+="[^"<]*")*\/?>/g, '');
  return open.length === 0 && !/[<>]/.test(leftover) && !markup.includes('NaN') && !markup.includes('Infinity');
}

const bars = [
  { name: 'S1', value: 3339, beside: 3334 },
  { name: 'S2 <&"\'>', value: 3343, beside: null },
];
const point = (x: number) => ({ x, mean: 10_000 / x, min: 9000 / x, max: 11_000 / x, variation: 0.1 });
const frames = [100, 200, 300].map((atMs) => ({
  atMs,
  failed: 1,
  replicas: [['S1', 40] as const, ['S10', 2] as const],
}));

test.each([
  ['bars', barChart({ title: 'T', unit: 'requests', bars, expected: 3333.3 })],
  ['bars of nothing', barChart({ title: 'T', unit: 'requests', bars: [], expected: null })],
  ['a band', bandChart({ title: 'T', unit: 'requests', xName: 'N', points: [2, 3, 6].map(point), beside: [point(2)] })],
  ['one point of a band', bandChart({ title: 'T', unit: 'u', xName: 'N', points: [point(2)], beside: [] })],
  [
    'a timeline',
    timelineChart({ title: 'T', frames, marks: [{ atMs: 150, name: 'kill' }], trouble: { fromMs: 150, toMs: 250 } }),
  ],
  ['a timeline of nothing', timelineChart({ title: 'T', frames: [], marks: [], trouble: null })],
  [
    'small multiples',
    smallMultiples({
      title: 'T',
      unit: 'u',
      reference: 1,
      panels: [{ name: 'a', points: [{ x: 2, y: 1.5 }], dots: [] }],
    }),
  ],
  ['a slot strip', slotStrip('T', [17, 17, 20])],
])('%s is drawn as well-formed SVG', (_name, svg) => {
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<\/svg>$/s);
  expect(isWellFormed(svg)).toBe(true);
});

test('a bar is as high as its value says, on the scale of the axis', () => {
  const svg = barChart({
    title: 'T',
    unit: 'u',
    bars: [
      { name: 'a', value: 50, beside: null },
      { name: 'b', value: 100, beside: null },
    ],
    expected: null,
  });
  const heights = [...svg.matchAll(/<rect [^>]*height="([\d.]+)"[^>]*rx="2"/g)].map((match) => Number(match[1]));
  expect(heights).toHaveLength(2);
  expect((heights[1] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(2, 3);
});

test('a drawing says in words what it shows', () => {
  expect(barChart({ title: 'Load', unit: 'u', bars, expected: null })).toContain('aria-label="Load. S1 3,339, S2');
});

test.each([
  [1, [0, 0.25, 0.5, 0.75, 1]],
  [3343, [0, 1000, 2000, 3000, 4000]],
  [6.3, [0, 2, 4, 6, 8]],
])('the axis up to %d has round marks', (max, ticks) => {
  expect(ticksTo(max)).toEqual(ticks);
});

test('a range without extent is drawn at its start', () => {
  expect(linearScale([3, 3], [10, 20])(3)).toBe(10);
});

test('text cannot break out of an attribute', () => {
  expect(element('g', { id: `"/><script>'` })).toBe('<g id="&quot;/&gt;&lt;script&gt;&#39;"/>');
});

test('the eleventh replica has the first one’s colour', () => {
  expect(seatColour(10)).toBe(seatColour(0));
});
