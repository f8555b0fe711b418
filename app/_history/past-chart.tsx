'use client';

import { useState } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, Tooltip, XAxis } from 'recharts';
import { AXIS_TICK } from '../_charts/axis-tick.ts';
import { ceiling } from '../_charts/ceiling.ts';
import { ChartTip } from '../_charts/chart-tip.tsx';
import { FigureAxis } from '../_charts/figure-axis.tsx';
import { lineColor } from '../_charts/line-color.ts';
import { dateTime } from '../_ui/format.ts';
import type { PastChart as Chart } from './past-charts.ts';

interface PastChartProps {
  readonly chart: Chart;
  readonly from: number;
  readonly to: number;
  /** The moment looked at; null: none. */
  readonly moment: number | null;
  readonly onZoom: (from: number, to: number) => void;
  readonly onMoment: (at: number) => void;
}

/** A shorter drag is a click. */
const LEAST_ZOOM_RATIO = 0.01;

/** One chart of the past. All share their cursor; a drag zooms in, a click looks at a moment. */
export function PastChart({ chart, from, to, moment, onZoom, onMoment }: PastChartProps) {
  const [dragged, setDragged] = useState<readonly [number, number] | null>(null);
  const top = ceiling(Math.max(0, ...chart.points.flatMap((point) => chart.lines.map((line) => point[line.key] ?? 0))));
  const release = (): void => {
    if (dragged === null) return;
    const [start, end] = dragged[0] < dragged[1] ? dragged : [dragged[1], dragged[0]];
    setDragged(null);
    if (end - start > (to - from) * LEAST_ZOOM_RATIO) onZoom(start, end);
    else onMoment(end);
  };
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: '100%', cursor: 'crosshair', userSelect: 'none' }}
      data={[...chart.points]}
      syncId="history"
      syncMethod="value"
      margin={{ top: 8, right: 40, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      onMouseDown={({ activeLabel }) =>
        setDragged(activeLabel === undefined ? null : [Number(activeLabel), Number(activeLabel)])
      }
      onMouseMove={({ activeLabel }) => {
        if (activeLabel !== undefined)
          setDragged((before) => (before === null ? null : [before[0], Number(activeLabel)]));
      }}
      onMouseUp={release}
      onMouseLeave={() => setDragged(null)}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[from, to]}
        allowDataOverflow
        ticks={[from, (from + to) / 2, to]}
        tickFormatter={(at: number) => tickWords(at, to - from)}
        tick={AXIS_TICK}
        tickMargin={6}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
        interval={0}
      />
      <FigureAxis top={top} />
      {moment !== null && <ReferenceLine x={moment} stroke="var(--ink)" strokeDasharray="2 3" />}
      {dragged !== null && <ReferenceArea x1={dragged[0]} x2={dragged[1]} fill="var(--focus)" fillOpacity={0.15} />}
      <Tooltip
        content={<ChartTip lines={chart.lines} unit={chart.unit} />}
        cursor={{ stroke: 'var(--edge)' }}
        isAnimationActive={false}
      />
      {chart.lines.map((line) => (
        <Line
          key={line.key}
          dataKey={line.key}
          name={line.name}
          stroke={lineColor(line)}
          strokeWidth={1.5}
          strokeLinecap="round"
          dot={false}
          isAnimationActive={false}
          connectNulls={false}
        />
      ))}
    </LineChart>
  );
}

function tickWords(at: number, span: number): string {
  const words = dateTime(at);
  return span > 86_400_000 ? words.slice(5, 16) : words.slice(11);
}
