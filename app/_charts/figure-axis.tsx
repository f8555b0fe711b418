import { memo } from 'react';
import { YAxis } from 'recharts';
import { count } from '../_ui/format.ts';
import { AXIS_TICK } from './axis-tick.ts';

/** From here on an axis counts in thousands: "20k" has room beside it, "20,000" has not. */
const THOUSANDS = 10_000;

function thousands(figure: number): string {
  return figure === 0 ? '0' : `${count(figure / 1_000)}k`;
}

/** The axis of a chart's figures, from 0 to `top`, which no figure is above. */
export const FigureAxis = memo(function FigureAxis({ top }: { readonly top: number }) {
  return (
    <YAxis
      width={44}
      tick={AXIS_TICK}
      tickFormatter={top < THOUSANDS ? count : thousands}
      tickLine={false}
      axisLine={false}
      ticks={[0, top / 2, top]}
      domain={[0, top]}
      allowDataOverflow
    />
  );
});
