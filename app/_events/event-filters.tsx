'use client';

import { EVENT_SUBJECTS } from '#lib/api/admin.ts';
import { useLive } from '../_live/provider.tsx';
import type { EventFilter } from './merge.ts';
import { SEVERITIES } from './severities.ts';

interface EventFiltersProps {
  readonly filter: EventFilter;
  readonly onChange: (change: Partial<EventFilter>) => void;
}

const FIELD = 'h-8 max-w-52 rounded-lg border border-line bg-ground px-2.5 text-ink placeholder:text-muted';

export function EventFilters({ filter, onChange }: EventFiltersProps) {
  const replicas = useLive(({ state }) => state?.replicas ?? null);
  const names = replicas?.map((replica) => replica.name) ?? [];
  const listed = filter.replica === '' || names.includes(filter.replica) ? names : [...names, filter.replica];
  return (
    <div className="my-3 flex flex-wrap items-center gap-3">
      <input
        type="search"
        aria-label="Search events"
        placeholder="Search events…"
        value={filter.find}
        onChange={(event) => onChange({ find: event.target.value })}
        className={`${FIELD} w-52`}
      />
      <select
        aria-label="Replica"
        value={filter.replica}
        onChange={(event) => onChange({ replica: event.target.value })}
        className={FIELD}
      >
        <option value="">all replicas</option>
        {listed.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        aria-label="About"
        value={filter.about}
        onChange={(event) => onChange({ about: EVENT_SUBJECTS.find((about) => about === event.target.value) ?? '' })}
        className={FIELD}
      >
        <option value="">about everything</option>
        <option value="alerts">alerts and webhooks</option>
        <option value="people">what people did</option>
      </select>
      <select
        aria-label="Severity"
        value={filter.severity}
        onChange={(event) =>
          onChange({ severity: SEVERITIES.find((severity) => severity === event.target.value) ?? '' })
        }
        className={FIELD}
      >
        <option value="">all severities</option>
        {SEVERITIES.map((severity) => (
          <option key={severity}>{severity}</option>
        ))}
      </select>
    </div>
  );
}
