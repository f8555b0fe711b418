'use client';

import type { CSSProperties } from 'react';
import { useLive } from '../_live/provider.tsx';
import { useNow } from '../_live/use-now.ts';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { ScrollRegion } from '../_ui/scroll-region.tsx';
import { EventLine, whenWords } from './event-line.tsx';

const SHOWN = 40;

interface LatestEventsProps {
  readonly className?: string;
  /** Only those of this replica. */
  readonly replica?: string;
}

/** The latest that happened, newest first. */
export function LatestEvents({ className, replica }: LatestEventsProps) {
  const all = useLive((view) => view.events);
  const past = useLive(({ connection }) => connection === 'past');
  const events = replica === undefined ? all : all.filter((event) => event.replica === replica);
  const shown = events.slice(0, SHOWN);
  const longest = Math.max(0, ...shown.map((event) => event.replica?.length ?? 0)) + 1;
  const known = useLive(({ state }) => state !== null);
  const now = useNow(1_000);
  return (
    <Panel
      title="Events"
      className={className ?? ''}
      side={
        <span className="flex gap-4 text-muted [&_a]:underline-offset-4 [&_a:hover]:text-ink [&_a:hover]:underline">
          {!past && <Link href="/replay">replay</Link>}
          <Link href={replica === undefined ? '/events' : `/events?replica=${encodeURIComponent(replica)}`}>
            all events
          </Link>
        </span>
      }
    >
      {events.length === 0 && (
        <p className="text-muted">
          {!known && 'The events are not known yet.'}
          {known && (past ? 'Nothing had happened yet.' : 'Nothing has happened yet.')}
        </p>
      )}
      <ScrollRegion className="min-h-0 flex-1" label="Latest events">
        <ol data-testid="events" style={{ '--whose': `clamp(4rem, ${longest}ch, 8rem)` } as CSSProperties}>
          {shown.map((event) => (
            <EventLine
              key={event.sequence}
              event={event}
              when={whenWords(event, now)}
              isAmongItsOwn={replica !== undefined}
            />
          ))}
        </ol>
      </ScrollRegion>
    </Panel>
  );
}
