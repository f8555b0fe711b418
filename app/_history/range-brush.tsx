'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Brush, Line, LineChart } from 'recharts';
import { samplesPage } from '#lib/api/samples.ts';
import { callPanel } from '../_changes/api.ts';
import { dateTime } from '../_ui/format.ts';
import { chosenStretch, indexesOf, type Stretch, spreadOver } from './stretch.ts';

interface RangeBrushProps {
  readonly whole: Stretch;
  readonly shown: Stretch;
  /** Null: all of it. */
  readonly onChoose: (chosen: Stretch | null) => void;
}

/** A drag is over when nothing moved for so long: what is chosen goes into the URL then. */
const STILL_MS = 400;

/** The whole range in small, with a window that can be moved and resized, by mouse, touch or arrow keys. */
export function RangeBrush({ whole, shown, onChoose }: RangeBrushProps) {
  const past = useQuery({
    queryKey: ['samples', 'whole', whole.from, whole.to],
    queryFn: ({ signal }) => callPanel(`/api/samples?from=${whole.from}&to=${whole.to}`, samplesPage, { signal }),
    placeholderData: keepPreviousData,
  });
  const choosing = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly chosen: Stretch | null } | null>(
    null,
  );
  useEffect(() => () => clearTimeout(choosing.current?.timer), []);
  // By time, as in the charts below: recharts lays out a brush by the number of points alone.
  const all = useMemo(() => {
    if (past.data === undefined) return [];
    const { samples, strideMs } = past.data;
    const points = samples.map(({ at, requestsPerSecond }) => ({ at, requestsPerSecond }));
    return spreadOver(points, whole, strideMs);
  }, [past.data, whole]);
  const current = { points: all, ...indexesOf(all, shown) };
  // New figures would move the window under the hand, and take the focus: what is in hand stands still.
  const [held, setHeld] = useState<typeof current | null>(null);
  const { points, start, end } = held ?? current;
  if (points.length < 3) return past.isPending ? <div className="mt-3 h-12" /> : null;
  const settle = (): void => {
    if (choosing.current === null) return;
    const { timer, chosen } = choosing.current;
    clearTimeout(timer);
    choosing.current = null;
    onChoose(chosen);
  };
  const choose = ({ startIndex = 0, endIndex = 0 }: { startIndex?: number; endIndex?: number }): void => {
    clearTimeout(choosing.current?.timer);
    const chosen = chosenStretch(points, startIndex, endIndex, past.data?.strideMs ?? 0);
    choosing.current = { timer: setTimeout(settle, STILL_MS), chosen };
  };
  return (
    <figure
      aria-label="Window of the range"
      className="mt-3 h-12 outline-none"
      tabIndex={-1}
      onFocus={() => setHeld((before) => before ?? current)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        // Before what is done next, "Back to now" say, which a choice that comes later would undo.
        settle();
        setHeld(null);
      }}
    >
      <LineChart
        responsive
        style={{ width: '100%', height: '100%' }}
        data={points}
        margin={{ top: 2, right: 40, bottom: 2, left: 44 }}
        accessibilityLayer={false}
      >
        <Brush
          key={`${points[0]?.at} ${points.length} ${start} ${end}`}
          dataKey="at"
          ariaLabel="Edge of the window"
          height={44}
          travellerWidth={10}
          startIndex={start}
          endIndex={end}
          onChange={choose}
          tickFormatter={(at: number) => dateTime(at).slice(5, 16)}
          fill="var(--ground)"
          stroke="var(--muted)"
        >
          <LineChart data={points}>
            <Line
              dataKey="requestsPerSecond"
              stroke="var(--muted)"
              strokeWidth={1}
              dot={false}
              isAnimationActive={false}
            />
          </LineChart>
        </Brush>
      </LineChart>
    </figure>
  );
}
