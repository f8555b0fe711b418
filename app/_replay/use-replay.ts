'use client';

import { parseAsInteger, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useEffect, useState } from 'react';
import { usePresent } from '../_live/provider.tsx';
import { SPEEDS, useClock } from './use-clock.ts';
import { usePast } from './use-past.ts';
import { useWindow, type Window } from './use-window.ts';
import { beginningOf, neighbour, SPAN_MS, SPANS, type Span } from './window.ts';

const LINK = { at: parseAsInteger, span: parseAsStringLiteral(SPANS).withDefault('15m') };
/** The link follows this long after the moment; ms. */
const LINK_MS = 400;

/** Where the replay is, and what moves it. */
export interface Replay {
  /** Wall time, ms; null before the page knows the present. */
  readonly at: number | null;
  readonly now: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly span: Span;
  readonly window: Window;
  readonly error: Error | null;
  readonly reading: boolean;
  readonly seek: (at: number) => void;
  readonly step: (direction: 1 | -1) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: number) => void;
  readonly setSpan: (span: Span) => void;
}

export function useReplay(): Replay {
  const present = usePresent();
  const [link, setLink] = useQueryStates(LINK, { history: 'replace' });
  const [at, setAt] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(SPEEDS[1]);
  const now = usePresentTime();
  useEffect(() => {
    const startedAt = present.view().state?.balancer.startedAt ?? 0;
    setAt((before) => before ?? link.at ?? beginningOf(present.now(), startedAt));
  }, [link.at, present]);
  const move = useCallback(
    (next: (before: number) => number) =>
      setAt((before) => Math.min(present.now(), Math.max(0, Math.round(next(before ?? present.now()))))),
    [present],
  );
  useClock(
    playing,
    speed,
    useCallback((ms) => move((before) => before + ms), [move]),
  );
  useEffect(() => {
    if (at !== null && at >= present.now() - 1) setPlaying(false);
  }, [at, present]);
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => void setLink({ at }), LINK_MS);
    return () => clearTimeout(timer);
  }, [at, setLink]);
  const window = useWindow(at, SPAN_MS[link.span], now);
  const { error, reading } = usePast(at);
  return {
    at,
    now,
    playing,
    speed,
    span: link.span,
    window,
    error,
    reading,
    setSpeed,
    setSpan: (span) => void setLink({ span }),
    seek: (next) => move(() => next),
    toggle: () => setPlaying((before) => !before),
    step: (direction) => {
      setPlaying(false);
      move((before) => neighbour(window.events, before, direction) ?? before);
    },
  };
}

/** The present by the balancer's clock, a second at a time; 0 before the page has it. */
function usePresentTime(): number {
  const present = usePresent();
  const [now, setNow] = useState(0);
  useEffect(() => {
    const look = (): void => setNow(present.now());
    look();
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [present]);
  return now;
}
