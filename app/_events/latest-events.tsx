'use client';

import Link from 'next/link';
import { useLive } from '../_live/provider.tsx';
import { useNow } from '../_live/use-now.ts';
import { Panel } from '../_ui/panel.tsx';
import { EventLine } from './event-line.tsx';

const SHOWN = 40;

/** The latest that happened, newest first. */
export function LatestEvents({ className }: { readonly className?: string }) {
  const events = useLive((view) => view.events);
  const now = useNow(1_000);
  return (
    <Panel
      title="Events"
      className={className ?? ''}
      side={
        <Link href="/events" className="text-muted underline-offset-4 hover:text-ink hover:underline">
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
