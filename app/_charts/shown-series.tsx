import { createContext, use } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';
import { ChartTip } from './chart-tip.tsx';
import { lineColor } from './line-color.ts';
import { linePath } from './line-path.ts';
import type { Line, Point } from './series.ts';

/** What a chart shows now. */
interface ShownSeries {
  readonly points: readonly Point[];
  readonly lines: readonly Line[];
  /** The newest moment, by the balancer's clock, ms. */
  readonly until: number;
}

/** Past the chart itself: with a new second only what is drawn from it is drawn again. */
export const ShownSeriesContext = createContext<ShownSeries>({ points: [], lines: [], until: 0 });

/** The lines of a chart that nobody points at, in the chart's own scales. */
export function RestingLines() {
  const { points, lines, until } = use(ShownSeriesContext);
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (x === undefined || y === undefined) return null;
  return lines.map((line) => (
    <path
      key={line.key}
      className="chart-line"
      d={linePath(points, line.key, until, x, y)}
      fill="none"
      style={{ stroke: lineColor(line) }}
      strokeWidth={1.5}
      strokeLinecap="round"
    />
  ));
}

interface ShownTipProps {
  readonly unit: string;
}

/** The figures at the cursor; recharts gives it the rest. */
export function ShownTip(props: ShownTipProps) {
  const { lines, until } = use(ShownSeriesContext);
  return <ChartTip {...props} lines={lines} until={until} />;
}
