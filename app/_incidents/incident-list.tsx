'use client';

import { useQuery } from '@tanstack/react-query';
import { incidentsPage } from '#lib/api/admin.ts';
import type { IncidentView } from '#lib/api/state.ts';
import { span } from '#lib/span.ts';
import { callPanel } from '../_changes/api.ts';
import { useLive } from '../_live/provider.tsx';
import { Reading, ReadingFailed } from '../_live/reading.tsx';
import { count } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { median, mergeIncidents } from './incident-figures.ts';
import { IncidentTable } from './incident-table.tsx';
import { Stopwatch } from './stopwatch.tsx';

/** Every failure that was kept, with its stopwatch, and what is usual over all of them. */
export function IncidentList() {
  const live = useLive(({ state }) => state?.incidents ?? null);
  const stored = useQuery({
    queryKey: ['incidents'],
    queryFn: ({ signal }) => callPanel('/api/incidents?limit=200', incidentsPage, { signal }),
  });
  const incidents = mergeIncidents(live ?? [], stored.data?.incidents ?? []);
  const [latest] = incidents;
  return (
    <div className="live-figure">
      {latest !== undefined && (
        <Panel title="Latest incident" className="border-line border-b">
          <Stopwatch key={latest.id} incident={latest} />
        </Panel>
      )}
      {incidents.length > 1 && <Usual incidents={incidents} />}
      <Panel
        title="All incidents"
        side={<span className="text-muted">{stored.isSuccess && `${incidents.length} kept`}</span>}
      >
        {incidents.length > 0 && <IncidentTable incidents={incidents} />}
        {incidents.length === 0 && stored.error === null && (
          <p className="py-3 text-muted">{stored.isPending ? <Reading /> : <NoneYet />}</p>
        )}
        {stored.error !== null && <ReadingFailed message={stored.error.message} />}
      </Panel>
    </div>
  );
}

function NoneYet() {
  return (
    <>
      No replica has failed yet. The{' '}
      <Link href="/experiments?kind=kill" className="underline underline-offset-4 hover:text-ink">
        kill demo
      </Link>{' '}
      makes one fail under load.
    </>
  );
}

function Usual({ incidents }: { readonly incidents: readonly IncidentView[] }) {
  const back = incidents.flatMap((incident) => incident.servingMs ?? []);
  const figures: readonly (readonly [string, string])[] = [
    ['noticed, median', wordsOf(incidents.flatMap((incident) => incident.noticedMs ?? []))],
    ['serving again, median', wordsOf(back)],
    ['serving again, worst', back.length === 0 ? '–' : span(Math.max(...back))],
    // No sums: failures at the same time count the same requests.
    ['requests retried, most', count(Math.max(...incidents.map(({ retried }) => retried)))],
    ['requests lost, most', count(Math.max(...incidents.map(({ lost }) => lost)))],
  ];
  return (
    <Panel title="Usually" className="border-line border-b">
      <dl className="grid grid-cols-2 gap-x-10 gap-y-3 sm:flex sm:flex-wrap">
        {figures.map(([word, figure]) => (
          <div key={word}>
            <dt className="text-muted text-small">{word}</dt>
            <dd className="font-semibold text-large">{figure}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function wordsOf(values: readonly number[]): string {
  const middle = median(values);
  return middle === null ? '–' : span(middle);
}
