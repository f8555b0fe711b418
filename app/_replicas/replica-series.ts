import type { SecondFrame } from '#lib/api/events.ts';
import type { Line, Point } from '../_charts/series.ts';

/** One small chart of a replica. */
export interface ReplicaChart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  readonly points: readonly Point[];
  /** What has to be there for a point. */
  readonly needs: 'figures' | 'answers' | 'instance';
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
    needs: ReplicaChart['needs'] = 'figures',
  ) => ({
    title,
    unit,
    needs,
    lines: Object.keys(values).map((name, index) => ({ key: name, name, seat: index === 0 ? seat : 0 })),
    points: own.map(({ at, figures }) => pointOf(at, figures, values)),
  });
  return [
    chart('Requests', 'req/s', { requests: ({ traffic }) => traffic.requestsPerSecond }),
    chart('Latency', 'ms', { p50: ({ traffic }) => traffic.p50Ms, p99: ({ traffic }) => traffic.p99Ms }, 'answers'),
    { ...chart('Errors', 'a second', {}), ...errorRate(own, seat) },
    chart('In flight', 'requests', { 'in flight': ({ traffic }) => traffic.inFlight }),
    chart('CPU', '% of a core', { cpu: ({ resources }) => resources?.cpuPercent ?? null }, 'instance'),
    chart(
      'Memory',
      'MiB',
      { memory: ({ resources }) => (resources === null ? null : resources.memoryBytes / 2 ** 20) },
      'instance',
    ),
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

/** Why a chart has nothing to draw; null where it has. `running`: whether there is an instance that lasts. */
export function nothingWords({ needs, lines, points }: ReplicaChart, running: boolean): string | null {
  if (points.some((point) => lines.some(({ key }) => point[key] !== undefined))) return null;
  if (needs === 'answers') return 'Nothing was answered in these 2 minutes.';
  return needs === 'instance' && !running ? 'No instance runs that could be measured.' : 'No figures yet.';
}
