import type { Sample, SamplesPage } from '#lib/api/samples.ts';
import { MOST_LINES } from '../_charts/series.ts';

/** A line of a chart of the past. `color` is CSS. */
export interface PastLine {
  readonly key: string;
  readonly name: string;
  /** 0: not a replica's. */
  readonly seat: number;
  readonly color?: string;
}

export type PastPoint = Readonly<Record<string, number | null>> & { readonly at: number };

export interface PastChart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly PastLine[];
  readonly points: readonly PastPoint[];
}

type Read = (sample: Sample) => number | null;

/** The charts of a range: of the whole fleet, and requests by replica. Times the balancer did not run are gaps. */
export function pastCharts(page: SamplesPage): PastChart[] {
  const samples = withGaps(page);
  const chart = (title: string, unit: string, lines: readonly (PastLine & { readonly read: Read })[]): PastChart => ({
    title,
    unit,
    lines: lines.map(({ read: _, ...line }) => line),
    points: samples.map(({ at, sample }) => {
      const point: Record<string, number | null> & { at: number } = { at };
      for (const line of lines) point[line.key] = sample === null ? null : line.read(sample);
      return point;
    }),
  });
  const fleet = (key: string, name: string, read: Read, color?: string) => ({
    key,
    name,
    seat: 0,
    read,
    ...(color === undefined ? {} : { color }),
  });
  const requests = replicaLines(page.samples);
  return [
    chart(requests.length > 1 ? 'Requests by replica' : 'Requests', 'req/s', requests),
    chart('Latency', 'ms', [
      fleet('p50', 'p50', (sample) => sample.p50Ms),
      fleet('p99', 'p99', (sample) => sample.p99Ms, 'var(--ink)'),
    ]),
    chart('Errors, retries, lost', 'a second', [
      fleet('errors', 'errors', (sample) => sample.errorsPerSecond, 'var(--critical)'),
      fleet('retries', 'retried', (sample) => sample.retriesPerSecond, 'var(--warning)'),
      fleet('lost', 'lost', (sample) => sample.lostPerSecond, 'var(--ink)'),
    ]),
    chart('Serving', 'replicas', [fleet('serving', 'serving', (sample) => sample.serving, 'var(--good)')]),
  ];
}

function replicaLines(samples: readonly Sample[]): (PastLine & { readonly read: Read })[] {
  const names = new Map(samples.flatMap(({ replicas }) => replicas.map(({ seat, name }) => [seat, name])));
  const total = { key: 'all', name: 'all together', seat: 0, read: (sample: Sample) => sample.requestsPerSecond };
  if (names.size > MOST_LINES) return [total];
  return [...names]
    .sort(([a], [b]) => a - b)
    .map(([seat, name]) => ({
      key: `s${seat}`,
      name,
      seat,
      read: (sample) => sample.replicas.find((replica) => replica.seat === seat)?.requestsPerSecond ?? null,
    }));
}

/** Where samples are missing for more than two strides, an empty point breaks the line. */
function withGaps({ samples, strideMs }: SamplesPage): { readonly at: number; readonly sample: Sample | null }[] {
  return samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    const own = { at: sample.at, sample };
    if (before === undefined || sample.at - before.at <= strideMs * 2) return [own];
    return [{ at: before.at + strideMs, sample: null }, own];
  });
}
