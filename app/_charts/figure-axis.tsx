import { memo } from 'react';
import { YAxis } from 'recharts';
import { AXIS_TICK } from './axis-tick.ts';

/** The axis of a chart's figures, from 0 to `top`, which no figure is above. */
export const FigureAxis = memo(function FigureAxis({ top }: { readonly top: number }) {
  return (
    <YAxis
      width={44}
      tick={AXIS_TICK}
      tickLine={false}
      axisLine={false}
      ticks={[0, top / 2, top]}
      domain={[0, top]}
      allowDataOverflow
    />
  );
});
