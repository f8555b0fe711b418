'use client';

import { type KeyboardEvent, useState } from 'react';
import { dateTime } from '../_ui/format.ts';
import { useMounted } from '../_ui/time.tsx';
import { TrackDrawing } from './track-drawing.tsx';
import type { Window } from './use-window.ts';

interface TrackProps {
  readonly window: Window;
  readonly at: number;
  readonly onSeek: (at: number) => void;
}

/** What the arrows move by, ms. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1_000],
  ['ArrowUp', 1_000],
  ['ArrowLeft', -1_000],
  ['ArrowDown', -1_000],
  ['PageUp', 60_000],
  ['PageDown', -60_000],
]);

/** The slider over a stretch of the past. It is the browser's own, so that hands, keys and screen readers know it. */
export function Track({ window, at, onSeek }: TrackProps) {
  const { from, to } = window;
  const [hovered, setHovered] = useState<number | null>(null);
  const ratio = Math.min(1, Math.max(0, (at - from) / (to - from)));
  const step = (event: KeyboardEvent): void => {
    const ms = STEPS.get(event.key);
    if (ms === undefined) return;
    event.preventDefault();
    onSeek(at + ms);
  };
  return (
    <div className="min-w-0 flex-1 max-md:order-first max-md:basis-full">
      <div
        className="relative h-11 border-line border-b"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setHovered(from + ((event.clientX - box.left) / box.width) * (to - from));
        }}
        onPointerLeave={() => setHovered(null)}
      >
        <TrackDrawing from={from} to={to} samples={window.samples} events={window.events} />
        <span
          className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink before:absolute before:-top-1 before:-left-1 before:size-2.5 before:rounded-full before:bg-ink"
          style={{ left: `${(ratio * 100).toFixed(3)}%` }}
        />
        <input
          type="range"
          aria-label="Moment"
          aria-valuetext={dateTime(at)}
          min={Math.floor(from)}
          max={Math.ceil(to)}
          step={1}
          value={Math.round(at)}
          onKeyDown={step}
          onChange={(event) => onSeek(Number(event.target.value))}
          className="absolute inset-0 size-full cursor-ew-resize opacity-0 focus-visible:opacity-100 focus-visible:[appearance:none] focus-visible:bg-transparent [&::-webkit-slider-thumb]:opacity-0"
        />
      </div>
      <Scale from={from} to={to} hovered={hovered} />
    </div>
  );
}

interface ScaleProps {
  readonly from: number;
  readonly to: number;
  readonly hovered: number | null;
}

function Scale({ from, to, hovered }: ScaleProps) {
  const mounted = useMounted();
  if (!mounted) return <p className="h-5" />;
  const words = (at: number): string =>
    to - from > 12 * 3_600_000 ? dateTime(at).slice(5, 16) : dateTime(at).slice(11);
  return (
    <p aria-hidden="true" className="flex h-5 justify-between pt-1 font-mono text-[0.6875rem] text-muted leading-4">
      <span>{words(from)}</span>
      <span className={hovered === null ? 'max-sm:hidden' : 'text-ink'}>{words(hovered ?? (from + to) / 2)}</span>
      <span>{words(to)}</span>
    </p>
  );
}
