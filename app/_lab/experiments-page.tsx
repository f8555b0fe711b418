'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ExperimentKind } from '#lib/lab/experiment.ts';
import { Panel } from '../_ui/panel.tsx';
import { Segmented } from '../_ui/segmented.tsx';
import { RunForm } from './run-form.tsx';
import { RunTable } from './run-table.tsx';
import { ScheduleTable } from './schedule-table.tsx';

type Kind = Exclude<ExperimentKind, 'load'>;

const KIND_IDS = ['a1', 'a2', 'a3', 'a4', 'kill'] as const satisfies readonly Kind[];

const KINDS: readonly { readonly value: Kind; readonly word: string; readonly start: string; readonly says: string }[] =
  [
    {
      value: 'a1',
      word: 'A-1',
      start: 'Run A-1',
      says: 'So many requests go to N replicas: who gets how many. The fleet is brought to N, and back afterwards.',
    },
    {
      value: 'a2',
      word: 'A-2',
      start: 'Run A-2',
      says: 'The same as the fleet grows: mean load, lowest to highest, variation. Afterwards the fleet is as before.',
    },
    {
      value: 'a3',
      word: 'A-3',
      start: 'Run A-3',
      says: 'Every endpoint with good and bad input, then a replica that dies under load. One of the replicas is hit.',
    },
    {
      value: 'a4',
      word: 'A-4',
      start: 'Run A-4',
      says: 'Other hash functions, yours among them: how even, and how many keys move. On balancers of its own.',
    },
    {
      value: 'kill',
      word: 'Kill demo',
      start: 'Kill under load',
      says: 'Load starts, a replica is hit, a stopwatch runs. One of the replicas is really hit; all of them with “all”.',
    },
  ];

/** Choose, start, and everything that was ever found. */
export function ExperimentsPage() {
  const [kind, setKind] = useQueryState('kind', parseAsStringLiteral(KIND_IDS).withDefault('a1'));
  const chosen = KINDS.find(({ value }) => value === kind);
  return (
    <>
      <Panel
        title="New run"
        className="border-line border-b"
        side={<Segmented label="Experiment" options={KINDS} value={kind} onChange={(value) => void setKind(value)} />}
      >
        <p className="mb-4 max-w-3xl text-muted">{chosen?.says}</p>
        <RunForm key={kind} kind={kind} startWord={chosen?.start ?? 'Start'} />
      </Panel>
      <ScheduleTable />
      <RunTable kinds={null} />
    </>
  );
}
