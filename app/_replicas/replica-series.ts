import type { SecondFrame } from '#lib/api/events.ts';
import type { Line, Point } from '../_charts/series.ts';

/** One small chart of a replica. */
export interface ReplicaChart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  readonly points: readonly Point[];
}

type Figures = SecondFrame['replicas'][number];

/** Everything that is measured of one replica, a point a second; seconds it has no figures for are left out. */
export function replicaCharts(frames: readonly SecondFrame[], seat: number): ReplicaChart[] {
  const own = frames.flatMap((frame) => {
    const figures = frame.replicas.find((replica) => replica.seat === seat);
    return figures === undefined ? [] : [{ at: frame.at, figures }];
  });
  const chart = (
    title: string,
    unit: string,
    values: Readonly<Record<string, (figures: Figures) => number | null>>,
  ) => ({
    title,
    unit,
    lines: Object.keys(values).map((name, index) => ({ key: name, name, seat: index === 0 ? seat : 0 })),
    points: own.map(({ at, figures }) => pointOf(at, figures, values)),
  });
  return [
    chart('Requests', 'req/s', { requests: ({ traffic }) => traffic.requestsPerSecond }),
    chart('Latency', 'ms', { p50: ({ traffic }) => traffic.p50Ms, p99: ({ traffic }) => traffic.p99Ms }),
    { ...chart('Errors', 'a second', {}), ...errorRate(own, seat) },
    chart('In flight', 'requests', { 'in flight': ({ traffic }) => traffic.inFlight }),
    chart('CPU', '% of a core', { cpu: ({ resources }) => resources?.cpuPercent ?? null }),
    chart('Memory', 'MiB', {
      memory: ({ resources }) => (resources === null ? null : resources.memoryBytes / 2 ** 20),
    }),
  ];
}

function pointOf(
  at: number,
  figures: Figures,
  values: Readonly<Record<string, (figures: Figures) => number | null>>,
): Point {
  const point: Record<string, number> & { at: number } = { at };
  for (const [name, read] of Object.entries(values)) {
    const value = read(figures);
    if (value !== null) point[name] = value;
  }
  return point;
}

/** Errors are told as a total; a chart wants what each second added. */
function errorRate(own: readonly { readonly at: number; readonly figures: Figures }[], seat: number) {
  const points = own.slice(1).map(({ at, figures }, index): Point => {
    const before = own[index]?.figures.traffic.errors ?? 0;
    return { at, errors: Math.max(0, figures.traffic.errors - before) };
  });
  return { lines: [{ key: 'errors', name: 'errors', seat }], points };
}
