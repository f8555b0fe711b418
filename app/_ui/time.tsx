'use client';

import { useSyncExternalStore } from 'react';
import { dateTime, timeOfDay } from './format.ts';

const never = () => () => undefined;

/** False on the server and in the first paint, where the reader's time zone is not known. */
export function useMounted(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

interface TimeProps {
  /** Wall time, ms. */
  readonly at: number;
  readonly precision?: Precision;
}

/**
 * `seconds`: date and time; `full`: the same to the millisecond; `millis`: time of day to the millisecond; `clock`:
 * time of day.
 */
type Precision = 'seconds' | 'millis' | 'full' | 'clock';

/** A moment in the reader's time zone. */
export function Time({ at, precision = 'millis' }: TimeProps) {
  const mounted = useMounted();
  const iso = new Date(at).toISOString();
  return (
    <time dateTime={iso} title={mounted ? dateTime(at) : iso} className="whitespace-nowrap font-mono text-small">
      {mounted ? textOf(at, precision) : iso.slice(11, 23)}
    </time>
  );
}

function textOf(at: number, precision: Precision): string {
  if (precision === 'clock') return timeOfDay(at).slice(0, 8);
  if (precision === 'millis') return timeOfDay(at);
  return precision === 'seconds' ? dateTime(at) : `${dateTime(at)}${timeOfDay(at).slice(8)}`;
}
