import { grouped } from '../grouped.ts';
import { classicRequestSlot } from '../ring/hash.ts';
import { SLOT_COUNT } from '../ring/types.ts';
import { barChart } from './charts/bar-chart.ts';
import { slotStrip } from './charts/slot-strip.ts';
import { smallMultiples } from './charts/small-multiples.ts';
import type { Figure } from './figure.ts';
import type { ResultOf, SchemeSeries } from './run.ts';
import { spreadOf } from './statistics.ts';
import type { Table } from './table.ts';

type SchemeResult = ResultOf<'a4'>;
type SchemePoint = SchemeSeries['simulated'][number];

/** evenness and movement of every scheme, each on one scale; the classic pair's skew as a finding of its own. */
export function figuresOfSchemes(result: SchemeResult): Figure[] {
  const { series } = result;
  const table = schemeTable(series);
  const multiples = (id: string, title: string, unit: string, pick: (point: SchemePoint) => number | null): Figure => {
    const panels = series.map((one) => ({
      name: one.label,
      points: one.simulated.flatMap((point) => pointOf(point.n, pick(point))),
      dots: id === 'evenness' ? measuredPeaks(one) : [],
    }));
    return { id, title, draw: (width) => smallMultiples({ title, unit, reference: 1, panels }, width), table };
  };
  return [
    multiples('evenness', 'Evenness', 'busiest replica / mean; green: perfectly even', (point) => point.peakToMean),
    multiples(
      'movement-add',
      'Movement when one joins',
      'keys moved / fewest for even shares; below 1: the newcomer gets less than its share',
      (point) => point.add,
    ),
    multiples('movement-remove', 'Movement when one leaves', 'keys moved / fewest possible', (point) => point.remove),
    ...sharesAtThree(result),
    classicReach(),
  ];
}

function pointOf(x: number, y: number | null): { x: number; y: number }[] {
  return y === null ? [] : [{ x, y }];
}

function measuredPeaks({ measured }: SchemeSeries): { x: number; y: number }[] {
  return measured.map(({ n, replicas }) => ({ x: n, y: spreadOf(replicas.map(([, count]) => count)).peakToMean }));
}

function schemeTable(series: readonly SchemeSeries[]): Table {
  return {
    columns: [
      'scheme',
      'N',
      'peak/mean',
      'CV %',
      'idle replicas',
      'join: moved/fewest',
      'leave: moved/fewest',
      'measured peak/mean',
    ],
    rows: series.flatMap((one) => {
      const measured = new Map(measuredPeaks(one).map(({ x, y }) => [x, y]));
      return one.simulated.map((p) => [
        one.label,
        p.n,
        p.peakToMean,
        p.variation * 100,
        p.idle,
        p.add,
        p.remove,
        measured.get(p.n) ?? null,
      ]);
    }),
  };
}

/** A-1 again for each scheme: who gets how much of the requests at N = 3. */
function sharesAtThree({ series, requests }: SchemeResult): Figure[] {
  return series.flatMap((one, at) => {
    const model = one.simulated.find((point) => point.n === 3);
    if (!model) return [];
    const measured = one.measured.find((point) => point.n === 3)?.replicas;
    const title = `A-1 with ${one.label}`;
    const bars = model.counts.map((count, i) => ({
      name: `S${i + 1}`,
      value: measured?.[i]?.[1] ?? count,
      beside: measured ? count : null,
    }));
    return [
      {
        id: `shares-${at + 1}`,
        title,
        draw: (width) =>
          barChart({ title, unit: `of ${grouped(requests, 0)} requests`, bars, expected: requests / 3 }, width),
        table: {
          columns: ['replica', measured ? 'measured' : 'simulated', 'simulated'],
          rows: bars.map((bar) => [bar.name, bar.value, bar.beside ?? bar.value]),
        },
      },
    ];
  });
}

/** i² + 2i + 17 = (i + 1)² + 16: a shifted square, and squares modulo 512 take few values. */
function classicReach(): Figure {
  const slots = Array.from({ length: SLOT_COUNT }, (_, i) => classicRequestSlot(i));
  const hits = new Map<number, number>();
  for (const slot of slots) hits.set(slot, (hits.get(slot) ?? 0) + 1);
  const title = 'Where H(i) = i² + 2i + 17 can put a request';
  return {
    id: 'classic-reach',
    title,
    draw: (width) => slotStrip(title, slots, width),
    table: {
      columns: ['slot', 'share of ids %'],
      rows: [...hits].sort(([a], [b]) => a - b).map(([slot, count]) => [slot, (count / SLOT_COUNT) * 100]),
    },
  };
}
