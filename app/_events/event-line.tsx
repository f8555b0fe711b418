'use client';

import { memo } from 'react';
import type { LifecycleEvent } from '#lib/api/events.ts';
import { span } from '#lib/span.ts';
import { ago } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
import { ToneMark } from '../_ui/status-mark.tsx';
import { Time } from '../_ui/time.tsx';
import { SEVERITY_TONES } from './severities.ts';
import { fleetTarget } from './target.ts';

interface EventLineProps {
  readonly event: LifecycleEvent;
  /** How long after its failure began, or how long ago: as words, so that a line is drawn again only when they change. */
  readonly when: string;
  /** Among events of one replica, whose it is goes without saying. */
  readonly isAmongItsOwn: boolean;
}

/** One event: when, whose, what, and how long after its failure began, or how long ago. */
export const EventLine = memo(function EventLine({ event, when, isAmongItsOwn }: EventLineProps) {
  return (
    <li className="event-new flex min-h-8 items-baseline gap-2 border-line border-b py-1.5 sm:gap-3">
      <span className="w-16 shrink-0 text-muted sm:hidden">
        <Time at={event.at} precision="clock" />
      </span>
      <span className="w-24 shrink-0 text-muted max-sm:hidden">
        <Time at={event.at} />
      </span>
      {!isAmongItsOwn && <EventTarget event={event} />}
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        <ToneMark tone={SEVERITY_TONES[event.severity]} />
        <span className="min-w-0">{event.message}</span>
      </span>
      <span className="shrink-0 text-right font-mono text-muted text-small">{when}</span>
    </li>
  );
});

function EventTarget({ event: { replica, kind } }: { readonly event: LifecycleEvent }) {
  const place = 'w-14 shrink-0 truncate font-semibold sm:w-[var(--whose)]';
  if (replica === null) return <span className={place}>{fleetTarget(kind)}</span>;
  return (
    <Link
      href={`/replicas/${encodeURIComponent(replica)}`}
      title={replica}
      className={`${place} underline-offset-4 hover:underline`}
    >
      {replica}
    </Link>
  );
}

export function whenWords(event: LifecycleEvent, now: number): string {
  if (event.incident === null) return ago(now - event.at);
  return event.incident.afterMs === 0 ? '0 ms' : `+${span(event.incident.afterMs)}`;
}
