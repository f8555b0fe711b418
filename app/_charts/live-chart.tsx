'use client';

import { memo, useMemo, useState } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, Tooltip, XAxis } from 'recharts';
import type { IncidentView } from '#lib/api/state.ts';
import { span } from '#lib/span.ts';
import { awayLabels } from './away-labels.ts';
import { AXIS_TICK } from './axis-tick.ts';
import { ceiling } from './ceiling.ts';
import { FigureAxis } from './figure-axis.tsx';
import { lineColor } from './line-color.ts';
import { type Point, type Line as Series, withGaps } from './series.ts';
import { RestingLines, ShownSeriesContext, ShownTip } from './shown-series.tsx';

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

/** Words that a line goes through can be read. */
const HALO = { stroke: 'var(--ground)', strokeWidth: 3, paintOrder: 'stroke' };
const LABEL = { fill: AXIS_TICK.fill, fontSize: AXIS_TICK.fontSize, ...HALO };
const NO_LINES: readonly Series[] = [];
const NO_INCIDENTS: readonly IncidentView[] = [];
const MARGIN = { top: 8, right: 16, bottom: 0, left: 0 };
const FULL = { width: '100%', height: '100%' };
const CURSOR = { stroke: 'var(--edge)' };
const AXIS_LINE = { stroke: 'var(--line)' };
/** The same each time, so that React passes them over. */
const GRID = <CartesianGrid vertical={false} stroke="var(--line)" />;
const RESTING_LINES = <RestingLines />;

/**
 * Lines over the last minutes on a fixed time axis: values move left, nothing is animated. The axis counts back from the
 * newest moment, so that a new second leaves it as it is: only the lines are drawn again, and by recharts only while someone
 * points at the chart.
 */
export const LiveChart = memo(function LiveChart(props: LiveChartProps) {
  const { points, lines, incidents, until, spanMs, unit, endWord = 'now' } = props;
  const [isPointedAt, setPointedAt] = useState(false);
  const shown = useMemo(() => {
    return { points: withGaps(points.filter(({ at }) => at >= until - spanMs)), lines, until };
  }, [points, lines, until, spanMs]);
  // Recharts has to know the moments before someone points at one; figures come with the lines that show them.
  const data = useMemo(() => shown.points.map((point) => ({ ...point, back: point.at - shown.until })), [shown]);
  // One that has just begun is beyond the newest second: it has no line yet, and its words would take another's place.
  const absences = incidents.filter(({ at }) => at > until - spanMs && at < until);
  return (
    <ShownSeriesContext value={shown}>
      <Chart
        data={data}
        lines={isPointedAt ? lines : NO_LINES}
        absences={absences.length === 0 ? NO_INCIDENTS : absences}
        until={absences.length === 0 ? 0 : until}
        top={ceiling(mostOf(points, lines))}
        spanMs={spanMs}
        unit={unit}
        endWord={endWord}
        onPoint={setPointedAt}
      />
    </ShownSeriesContext>
  );
});

/** `lines`: none while nobody points at it. */
interface ChartProps extends Required<Omit<LiveChartProps, 'points' | 'incidents'>> {
  readonly data: readonly Point[];
  readonly absences: readonly IncidentView[];
  readonly top: number;
  readonly onPoint: (isPointedAt: boolean) => void;
}

const Chart = memo(function Chart(props: ChartProps) {
  const { data, lines, absences, until, top, spanMs, unit, endWord, onPoint } = props;
  const labels = awayLabels(absences, until, spanMs);
  const point = (): void => onPoint(true);
  return (
    <LineChart
      responsive
      style={FULL}
      data={data}
      margin={MARGIN}
      accessibilityLayer={false}
      onMouseEnter={point}
      onTouchStart={point}
      onMouseLeave={() => onPoint(false)}
    >
      {GRID}
      <TimeAxis spanMs={spanMs} endWord={endWord} />
      <FigureAxis top={top} />
      {absences.map((incident) => (
        <ReferenceArea
          key={incident.id}
          x1={incident.at - until}
          x2={Math.min(0, incident.at - until + (incident.servingMs ?? spanMs))}
          fill="var(--critical)"
          fillOpacity={0.12}
          stroke="var(--critical)"
          strokeOpacity={0.5}
          label={labels.has(incident.id) ? { ...labels.get(incident.id), ...LABEL } : ''}
        />
      ))}
      <FigureTip unit={unit} />
      {lines.length === 0 && RESTING_LINES}
      {lines.map((line) => (
        <SeriesLine key={line.key} dataKey={line.key} name={line.name} color={lineColor(line)} />
      ))}
    </LineChart>
  );
});

const TimeAxis = memo(function TimeAxis({ spanMs, endWord }: { readonly spanMs: number; readonly endWord: string }) {
  return (
    <XAxis
      dataKey="back"
      type="number"
      domain={[-spanMs, 0]}
      allowDataOverflow
      ticks={[-spanMs, -spanMs / 2, 0]}
      tickFormatter={(back: number) => (back === 0 ? endWord : `−${span(-back)}`)}
      tick={AXIS_TICK}
      tickMargin={6}
      tickLine={false}
      axisLine={AXIS_LINE}
      interval={0}
    />
  );
});

const FigureTip = memo(function FigureTip({ unit }: { readonly unit: string }) {
  return <Tooltip content={<ShownTip unit={unit} />} cursor={CURSOR} isAnimationActive={false} />;
});

interface SeriesLineProps {
  readonly dataKey: string;
  readonly name: string;
  readonly color: string;
}

const SeriesLine = memo(function SeriesLine({ dataKey, name, color }: SeriesLineProps) {
  return (
    <Line
      dataKey={dataKey}
      name={name}
      stroke={color}
      strokeWidth={1.5}
      strokeLinecap="round"
      dot={false}
      isAnimationActive={false}
      connectNulls={false}
    />
  );
});

function mostOf(points: readonly Point[], lines: readonly Series[]): number {
  let most = 0;
  for (const point of points) for (const line of lines) most = Math.max(most, point[line.key] ?? 0);
  return most;
}
