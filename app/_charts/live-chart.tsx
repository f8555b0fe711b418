'use client';

import { CartesianGrid, Line, LineChart, ReferenceArea, Tooltip, XAxis, YAxis } from 'recharts';
import type { IncidentView } from '#lib/api/state.ts';
import { identityOf } from '../_ring/identity.ts';
import { span } from '../_ui/format.ts';
import { ceiling } from './ceiling.ts';
import { ChartTip } from './chart-tip.tsx';
import type { Point, Line as Series } from './series.ts';

interface LiveChartProps {
  readonly points: readonly Point[];
  readonly lines: readonly Series[];
  readonly incidents: readonly IncidentView[];
  /** The newest moment, by the balancer's clock, ms. */
  readonly until: number;
  readonly spanMs: number;
  readonly unit: string;
  /** What the newest moment is called on the axis. */
  readonly endWord?: string;
}

const TICK = { fill: 'var(--muted)', fontSize: 11, fontFamily: 'JetBrains Mono Variable' };

/** Lines over the last minutes on a fixed time axis: values move left, nothing is animated. */
export function LiveChart({ points, lines, incidents, until, spanMs, unit, endWord = 'now' }: LiveChartProps) {
  const from = until - spanMs;
  const top = ceiling(mostOf(points, lines));
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={[...points]}
      margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[from, until]}
        allowDataOverflow
        ticks={[from, from + spanMs / 2, until]}
        tickFormatter={(at: number) => (at === until ? endWord : `-${span(until - at)}`)}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
        interval={0}
      />
      <YAxis width={44} tick={TICK} tickLine={false} axisLine={false} ticks={[0, top / 2, top]} domain={[0, top]} />
      {incidents
        .filter((incident) => incident.at > from)
        .map((incident) => (
          <ReferenceArea
            key={incident.id}
            x1={incident.at}
            x2={Math.min(until, incident.at + (incident.servingMs ?? until))}
            fill="var(--critical)"
            fillOpacity={0.12}
            stroke="var(--critical)"
            strokeOpacity={0.5}
            label={{
              value: `${incident.replica} away`,
              position: 'insideTopRight',
              fill: 'var(--muted)',
              fontSize: 11,
            }}
          />
        ))}
      <Tooltip
        content={<ChartTip lines={lines} unit={unit} />}
        cursor={{ stroke: 'var(--edge)' }}
        isAnimationActive={false}
      />
      {lines.map((line) => (
        <Line
          key={line.key}
          dataKey={line.key}
          name={line.name}
          stroke={line.seat === 0 ? 'var(--muted)' : identityOf(line.seat).color}
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
          connectNulls={false}
        />
      ))}
    </LineChart>
  );
}

function mostOf(points: readonly Point[], lines: readonly Series[]): number {
  let most = 0;
  for (const point of points) for (const line of lines) most = Math.max(most, point[line.key] ?? 0);
  return most;
}
