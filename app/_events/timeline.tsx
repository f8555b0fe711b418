'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useMemo } from 'react';
import { EVENT_SUBJECTS, historyPage } from '#lib/api/admin.ts';
import { callPanel } from '../_changes/api.ts';
import { useLive } from '../_live/provider.tsx';
import { Reading, ReadingFailed } from '../_live/reading.tsx';
import { useNow } from '../_live/use-now.ts';
import { Button } from '../_ui/button.tsx';
import { plural } from '../_ui/format.ts';
import { Panel } from '../_ui/panel.tsx';
import { EventFilters } from './event-filters.tsx';
import { isShown, mergeEvents } from './merge.ts';
import { SEVERITIES } from './severities.ts';
import { TimelineTable } from './timeline-table.tsx';

const PAGE = 200;

const LINK = {
  replica: parseAsString.withDefault(''),
  severity: parseAsStringLiteral(['', ...SEVERITIES]).withDefault(''),
  find: parseAsString.withDefault(''),
  about: parseAsStringLiteral(['', ...EVENT_SUBJECTS]).withDefault(''),
  event: parseAsString.withDefault(''),
};

/** Everything that was kept, over restarts too, with what happens now on top. */
export function Timeline() {
  const [link, setLink] = useQueryStates(LINK, { history: 'replace' });
  const live = useLive((view) => view.events);
  const bootId = useLive(({ state }) => state?.balancer.bootId ?? null);
  const now = useNow(1_000);
  const history = useStoredEvents(link.replica, link.about);
  const stored = history.data;
  const events = useMemo(() => mergeEvents(bootId, live, stored ?? []), [bootId, live, stored]);
  const shown = events.filter((event) => isShown(event, link));
  useScrollTo(link.event, shown.length > 0);
  return (
    <Panel
      title="Timeline"
      side={
        <span className="text-muted" aria-live="polite">
          {history.isSuccess && (history.hasNextPage ? 'the latest ' : '') + plural(shown.length, 'event')}
        </span>
      }
    >
      <EventFilters filter={link} onChange={(change) => void setLink(change)} />
      <TimelineTable events={shown} now={now} chosen={link.event} onChoose={(event) => void setLink({ event })} />
      {shown.length === 0 && history.error === null && (
        <p className="py-4 text-muted">{history.isPending ? <Reading /> : 'No event is like this.'}</p>
      )}
      {history.error !== null && <ReadingFailed message={history.error.message} />}
      {history.hasNextPage && (
        <Button className="my-4 self-start" disabled={history.isFetching} onClick={() => void history.fetchNextPage()}>
          {history.isFetching ? 'Reading…' : 'Earlier events'}
        </Button>
      )}
    </Panel>
  );
}

function useStoredEvents(replica: string, about: string) {
  return useInfiniteQuery({
    queryKey: ['history', replica, about],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ limit: String(PAGE) });
      if (pageParam !== null) search.set('before', String(pageParam));
      if (replica !== '') search.set('replica', replica);
      if (about !== '') search.set('about', about);
      return callPanel(`/api/history?${search}`, historyPage, { signal });
    },
    getNextPageParam: (page) => (page.more ? (page.events[0]?.id ?? null) : null),
    select: (data) => data.pages.flatMap((page) => page.events),
  });
}

/** A link to an event brings it into view once it is there. */
function useScrollTo(link: string, ready: boolean): void {
  useEffect(() => {
    if (ready && link !== '') document.getElementById(`event-${link}`)?.scrollIntoView({ block: 'center' });
  }, [link, ready]);
}
