import { expect, test } from 'vitest';
import { bandChart } from './band-chart.ts';
import { barChart } from './bar-chart.ts';
import { linearScale, ticksTo } from './scale.ts';
import { slotStrip } from './slot-strip.ts';
import { smallMultiples } from './small-multiples.ts';
import { element, seatColour } from './svg.ts';
import { widthOf } from './text.ts';
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

interface PlacedWords {
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Every text of a drawing and where it stands, by the width its letters have on average. */
function placedWords(svg: string): PlacedWords[] {
  const found: PlacedWords[] = [];
  let shift = { x: 0, y: 0 };
  for (const [tag, x, y, attributes, words = ''] of svg.matchAll(
    /<g transform="translate\(([\d.]+) ([\d.]+)\)">|<\/g>|<text ([^>]*)>([^<]*)<\/text>/g,
  )) {
    if (attributes === undefined) shift = tag === '</g>' ? { x: 0, y: 0 } : { x: Number(x), y: Number(y) };
    else found.push(placed(attributes, words, shift));
  }
  return found;
}

function placed(attributes: string, words: string, shift: { readonly x: number; readonly y: number }): PlacedWords {
  const of = (name: string): string | undefined => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
  const width = widthOf(words, Number(of('font-size') ?? 12));
  const x = Number(of('x')) + shift.x;
  const before = { start: 0, middle: 0.5, end: 1 }[of('text-anchor') ?? 'start'] ?? 0;
  return { words, left: x - width * before, right: x + width * (1 - before), y: Number(of('y')) + shift.y };
}

function isOver(a: PlacedWords, b: PlacedWords): boolean {
  return a !== b && Math.abs(a.y - b.y) < 9 && a.left < b.right && b.left < a.right;
}

const fleet = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ name: `S${i + 1}`, value: 3_333 - i, beside: 3_334 }));
const failure = {
  title: 'S3 killed, round 1',
  frames: [1_000, 2_000, 3_000].map((atMs) => ({
    atMs,
    failed: 1,
    replicas: fleet(56).map(({ name }) => [name, 40] as const),
  })),
  marks: [
    'kill',
    'noticed 3 ms',
    'out of rotation 4 ms',
    'new instance 412 ms',
    'serving again 671 ms',
    'first request served 702 ms',
  ].map((name, at) => ({ atMs: 1_000 + at * 40, name })),
  trouble: { fromMs: 1_000, toMs: 1_671 },
};
const schemes = {
  title: 'Movement when one joins',
  unit: 'keys moved / fewest for even shares; below 1: the newcomer gets less than its share',
  reference: 1,
  panels: fleet(9).map(({ name }) => ({ name, points: [2, 56].map((x) => ({ x, y: x / 10 })), dots: [] })),
};

test.each([
  [
    'three bars',
    (width: number) => barChart({ title: 'T', unit: 'of 10,000 requests', bars: fleet(3), expected: 3333.3 }, width),
  ],
  [
    '56 bars',
    (width: number) => barChart({ title: 'T', unit: 'of 10,000 requests', bars: fleet(56), expected: 178.6 }, width),
  ],
  [
    'a band of 15 sizes',
    (width: number) => {
      const points = Array.from({ length: 15 }, (_, i) => point(i + 2));
      return bandChart({ title: 'T', unit: 'requests on a replica', xName: 'N', points, beside: points }, width);
    },
  ],
  ['a failure among 56 replicas', (width: number) => timelineChart(failure, width)],
  ['small multiples', (width: number) => smallMultiples(schemes, width)],
  ['a slot strip', (width: number) => slotStrip('Where H(i) = i² + 2i + 17 can put a request', [17, 20], width)],
])('%s has its words within its width and none over another, on a phone and on a page', (_name, draw) => {
  for (const width of [288, 358, 560, 720]) {
    const words = placedWords(draw(width));
    expect(words.length).toBeGreaterThan(1);
    expect(words.filter(({ left, right }) => left < -1 || right > width + 1)).toEqual([]);
    expect(words.filter((one) => words.some((other) => isOver(one, other)))).toEqual([]);
  }
});

test('the line of a step goes through no words of another', () => {
  const svg = timelineChart(failure, 1_200);
  const words = placedWords(svg);
  const lines = [...svg.matchAll(/<line x1="([\d.]+)" y1="([\d.]+)" [^>]*y2="([\d.]+)"[^>]*stroke-dasharray/g)];
  expect(lines).toHaveLength(6);
  for (const [, x, top, bottom] of lines.map((line) => line.map(Number))) {
    const crossed = words.filter(
      ({ left, right, y }) => left < Number(x) && Number(x) < right && Number(top) < y && y < Number(bottom),
    );
    expect(crossed).toEqual([]);
  }
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
