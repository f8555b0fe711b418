'use client';

import type { CSSProperties, ReactNode } from 'react';
import type { LifecycleEvent } from '#lib/api/events.ts';
import { useLive } from '../_live/provider.tsx';
import { useNow } from '../_live/use-now.ts';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { ScrollRegion } from '../_ui/scroll-region.tsx';
import { EventLine, whenWords } from './event-line.tsx';

/** So many of the latest are shown; the rest is behind "all events". */
export const LATEST = 40;

interface EventPanelProps {
  readonly className?: string;
  /** Newest first. */
  readonly events: readonly (LifecycleEvent & { readonly link?: string })[];
  /** What stands there instead of no event. */
  readonly nothing: ReactNode;
  /** All are of this replica. */
  readonly replica?: string;
}

/** The latest that happened, and where the rest is. */
export function EventPanel({ className = '', events, nothing, replica }: EventPanelProps) {
  const past = useLive(({ connection }) => connection === 'past');
  const shown = events.slice(0, LATEST);
  const longest = Math.max(0, ...shown.map((event) => event.replica?.length ?? 0)) + 1;
  const now = useNow(1_000);
  return (
    <Panel
      title="Events"
      className={className}
      side={
        <span className="flex gap-4 text-muted [&_a]:underline-offset-4 [&_a:hover]:text-ink [&_a:hover]:underline">
          {!past && <Link href="/replay">replay</Link>}
          <Link href={replica === undefined ? '/events' : `/events?replica=${encodeURIComponent(replica)}`}>
            all events
          </Link>
        </span>
      }
    >
      {events.length === 0 && <div className="text-muted">{nothing}</div>}
      <ScrollRegion className="min-h-0 flex-1" label="Latest events">
        <ol data-testid="events" style={{ '--whose': `clamp(4rem, ${longest}ch, 8rem)` } as CSSProperties}>
          {shown.map((event) => (
            <EventLine
              key={event.link ?? event.sequence}
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
