import { bandChart } from './charts/band-chart.ts';
import type { Figure } from './figure.ts';
import type { Distribution, ResultOf } from './run.ts';
import { spreadOf } from './statistics.ts';

/** the average load is 1/N of the requests whatever happens; the band and the variation say how even it is. */
export function figuresOfGrowth({ measured, simulated }: ResultOf<'a2'>): Figure[] {
  const points = measured.map((step) => bandPoint(step, 1));
  const model = simulated.map((step, at) => bandPoint(step, scaleTo(step, measured[at])));
  const title = 'Load of a replica as the fleet grows';
  return [
    {
      id: 'growth',
      title,
      draw: (width) => bandChart({ title, unit: 'requests on a replica', xName: 'N', points, beside: model }, width),
      table: {
        columns: [
          'N',
          'mean',
          'lowest',
          'highest',
          'CV %',
          'peak/mean',
          'simulated CV %',
          'simulated peak/mean',
          'lost',
        ],
        rows: points.map((point, at) => [
          point.x,
          point.mean,
          point.min,
          point.max,
          point.variation * 100,
          peakOf(point),
          (model[at]?.variation ?? 0) * 100,
          peakOf(model[at] ?? point),
          measured[at]?.failed ?? null,
        ]),
      },
    },
  ];
}

function bandPoint({ n, replicas }: Distribution, scale: number) {
  const spread = spreadOf(replicas.map(([, count]) => count * scale));
  return { x: n, mean: spread.mean, min: spread.min, max: spread.max, variation: spread.variation };
}

function peakOf({ mean, max }: { readonly mean: number; readonly max: number }): number {
  return mean === 0 ? 0 : max / mean;
}

function scaleTo(step: Distribution, like: Distribution | undefined): number {
  const own = totalOf(step);
  return like && own > 0 ? totalOf(like) / own : 1;
}

function totalOf({ replicas }: Distribution): number {
  return replicas.reduce((sum, [, count]) => sum + count, 0);
}
