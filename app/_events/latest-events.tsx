'use client';

import Link from 'next/link';
import { useLive } from '../_live/provider.tsx';
import { useNow } from '../_live/use-now.ts';
import { Panel } from '../_ui/panel.tsx';
import { EventLine } from './event-line.tsx';

const SHOWN = 40;

interface LatestEventsProps {
  readonly className?: string;
  /** Only those of this replica. */
  readonly replica?: string;
}

/** The latest that happened, newest first. */
export function LatestEvents({ className, replica }: LatestEventsProps) {
  const all = useLive((view) => view.events);
  const events = replica === undefined ? all : all.filter((event) => event.replica === replica);
  const now = useNow(1_000);
  return (
    <Panel
      title="Events"
      className={className ?? ''}
      side={
        <Link
          href={replica === undefined ? '/events' : `/events?replica=${encodeURIComponent(replica)}`}
          className="text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          all events
        </Link>
      }
    >
      {events.length === 0 && <p className="text-muted">Nothing has happened yet.</p>}
      <ol className="min-h-0 flex-1 overflow-auto" data-testid="events">
        {events.slice(0, SHOWN).map((event) => (
          <EventLine key={event.sequence} event={event} now={now} />
        ))}
      </ol>
    </Panel>
  );
}
