'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { historyPage } from '#lib/api/admin.ts';
import { callPanel } from '../_changes/api.ts';
import { useLive } from '../_live/provider.tsx';
import { Reading, ReadingFailed } from '../_live/reading.tsx';
import { EVENTS_KEPT } from '../_live/view.ts';
import { EventPanel, LATEST } from './event-panel.tsx';
import { mergeEvents } from './merge.ts';

interface ReplicaEventsProps {
  readonly className?: string;
  readonly replica: string;
}

/** The latest of one replica: of the live ones those of a large fleet soon leave it none, so the kept ones are read. */
export function ReplicaEvents({ className = '', replica }: ReplicaEventsProps) {
  const live = useLive((view) => view.events);
  const bootId = useLive(({ state }) => state?.balancer.bootId ?? null);
  // Read again before anything that was live is pushed out.
  const turn = Math.floor((live[0]?.sequence ?? 0) / (EVENTS_KEPT / 2));
  const kept = useQuery({
    queryKey: ['history', 'of-replica', replica, bootId, turn],
    queryFn: ({ signal }) =>
      callPanel(`/api/history?${new URLSearchParams({ limit: String(LATEST), replica })}`, historyPage, { signal }),
    placeholderData: keepPreviousData,
  });
  const stored = kept.data?.events;
  const events = useMemo(() => {
    const own = live.filter((event) => event.replica === replica);
    return mergeEvents(bootId, own, stored ?? []);
  }, [bootId, live, replica, stored]);
  return <EventPanel className={className} events={events} replica={replica} nothing={nothingWords(kept)} />;
}

function nothingWords({ isPending, error }: { readonly isPending: boolean; readonly error: Error | null }) {
  if (error !== null) return <ReadingFailed message={error.message} />;
  return isPending ? <Reading /> : 'Nothing has happened yet.';
}
