'use client';

import { useLive } from '../_live/provider.tsx';
import { EventPanel } from './event-panel.tsx';

/** The latest that happened, newest first. */
export function LatestEvents({ className = '' }: { readonly className?: string }) {
  const events = useLive((view) => view.events);
  const past = useLive(({ connection }) => connection === 'past');
  const known = useLive(({ state }) => state !== null);
  const none = past ? 'Nothing had happened yet.' : 'Nothing has happened yet.';
  return <EventPanel className={className} events={events} nothing={known ? none : 'The events are not known yet.'} />;
}
