import { memo } from 'react';

interface SparklineProps {
  /** One value a second, oldest first. */
  readonly values: readonly number[];
  /** What the full height stands for; the same for all lines that are compared. */
  readonly most: number;
  readonly color: string;
  /** Seconds the full width stands for. */
  readonly seconds: number;
}

const WIDTH = 96;
const HEIGHT = 22;

/** The last minute as a line; new values come in at the right. */
export const Sparkline = memo(function Sparkline({ values, most, color, seconds }: SparklineProps) {
  const step = WIDTH / (seconds - 1);
  const shown = values.slice(-seconds);
  const points = shown.map((value, index) => {
    const x = WIDTH - (shown.length - 1 - index) * step;
    const y = HEIGHT - 1.5 - (Math.min(value, most) / Math.max(most, 1)) * (HEIGHT - 3);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="h-[1.375rem] w-24">
      <polyline
        points={points.join(' ')}
        fill="none"
        style={{ stroke: color }}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
});
