'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { Panel } from '../_ui/panel.tsx';
import { Segmented } from '../_ui/segmented.tsx';
import { Distribution } from './distribution.tsx';
import { ALL_COLUMNS } from './fleet-columns.tsx';
import { ReplicaTable } from './replica-table.tsx';
import { FleetButtons, NO_REPLICAS } from './replicas-panel.tsx';
import { STATUS_LOOKS } from './status.ts';
import { useReplicas } from './use-replicas.ts';

const STATES = ['all', 'well', 'troubled'] as const;
const OPTIONS = [
  { value: 'all', word: 'All' },
  { value: 'well', word: 'Serving' },
  { value: 'troubled', word: 'Needs a look' },
] as const;

const LINK = { find: parseAsString.withDefault(''), show: parseAsStringLiteral(STATES).withDefault('all') };

/** All replicas with all their figures; what is shown is in the URL. */
export function FleetTable() {
  const replicas = useReplicas();
  const [{ find, show }, setLink] = useQueryStates(LINK, { history: 'replace' });
  const shown = useMemo(
    () => replicas?.filter((replica) => isShown(replica, find, show)) ?? [],
    [replicas, find, show],
  );
  return (
    <Panel title="All replicas" side={<FleetButtons />} className="min-h-full">
      <div className="my-3 flex flex-wrap items-center gap-3">
        <input
          type="search"
          aria-label="Filter by name"
          placeholder="Filter by name…"
          value={find}
          onChange={(event) => void setLink({ find: event.target.value || null })}
          className="h-8 w-48 rounded-lg border border-line bg-transparent px-2.5 placeholder:text-muted focus:border-focus focus:outline-none"
        />
        <Segmented
          label="Replicas shown"
          options={OPTIONS}
          value={show}
          onChange={(value) => void setLink({ show: value })}
        />
        <span className="text-muted" aria-live="polite">
          {replicas !== null && `${shown.length} of ${replicas.length}`}
        </span>
      </div>
      <div className="live-figure @container min-w-0 overflow-x-auto">
        {replicas === null ? (
          <p className="py-3 text-muted">The replicas are not known yet.</p>
        ) : (
          <ReplicaTable columns={ALL_COLUMNS} replicas={shown} />
        )}
      </div>
      {replicas !== null && shown.length === 0 && <p className="py-4 text-muted">{emptyWords(replicas.length)}</p>}
      {shown.length > 0 && (
        <div className="live-figure mt-8 flex shrink-0 flex-col gap-4">
          <Distribution className="h-40" />
        </div>
      )}
    </Panel>
  );
}

function isShown(replica: ReplicaView, find: string, show: (typeof STATES)[number]): boolean {
  const well = STATUS_LOOKS[replica.status].tone === 'good';
  if (show !== 'all' && well !== (show === 'well')) return false;
  return replica.name.toLowerCase().includes(find.toLowerCase());
}

function emptyWords(all: number): string {
  return all === 0 ? NO_REPLICAS : 'No replica is like this.';
}
