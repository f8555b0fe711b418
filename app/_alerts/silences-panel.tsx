'use client';

import { type FormEvent, useState } from 'react';
import { durationWords } from '#lib/alerts/condition-words.ts';
import type { AlertRule } from '#lib/api/alert-rules.ts';
import type { Silence } from '#lib/api/alerts.ts';
import { span } from '#lib/span.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { useLive } from '../_live/provider.tsx';
import { ReadingFailed } from '../_live/reading.tsx';
import { useNow } from '../_live/use-now.ts';
import { useSession } from '../_shell/session.tsx';
import { Panel } from '../_ui/panel.tsx';
import { silenceNow, unsilenceNow } from './deeds.ts';
import { FIELD, Labelled } from './labelled.tsx';
import { SILENCE_TIMES_MS } from './silence-times.ts';

interface SilencesPanelProps {
  /** Null while they are not known. */
  readonly silences: readonly Silence[] | null;
  readonly problem: string | null;
  readonly rules: readonly AlertRule[];
}

/** What is told to nobody for a while, and a form for more. */
export function SilencesPanel({ silences, problem, rules }: SilencesPanelProps) {
  const { role } = useSession();
  const now = useNow(1_000);
  return (
    <Panel title="Silences" className="border-line border-b">
      <p className="text-muted">Silenced alerts are still watched and shown here, but told to nobody.</p>
      <ul data-testid="silences">
        {silences?.map((silence) => {
          const what = silenceWords(silence, rules);
          return (
            <li key={silence.id} className="flex min-h-10 flex-wrap items-center gap-x-4 border-line border-b py-1">
              <span className="min-w-40 flex-1">
                <strong>{what}</strong>
                <span className="block text-muted text-small">
                  {span(silence.until - now)} left, by {silence.actor}
                  {silence.reason !== '' && `: ${silence.reason}`}
                </span>
              </span>
              {role === 'operator' && (
                <ChangeButton onClick={() => unsilenceNow(silence.id, what)} aria-label={`End the silence of ${what}`}>
                  End
                </ChangeButton>
              )}
            </li>
          );
        })}
      </ul>
      {problem !== null && <ReadingFailed message={problem} />}
      {silences === null && problem === null && <p className="py-2 text-muted">Reading the silences…</p>}
      {silences?.length === 0 && <p className="py-2">Nothing is silenced.</p>}
      {role === 'operator' && <SilenceForm rules={rules} />}
    </Panel>
  );
}

function silenceWords({ ruleId, replica }: Pick<Silence, 'ruleId' | 'replica'>, rules: readonly AlertRule[]): string {
  const rule =
    ruleId === null ? 'All alerts' : (rules.find(({ id }) => id === ruleId)?.name ?? 'A rule that was removed');
  return replica === null ? rule : `${rule} · ${replica}`;
}

function SilenceForm({ rules }: { readonly rules: readonly AlertRule[] }) {
  const names = useLive(({ state }) => state?.replicas.map(({ name }) => name).join('\n') ?? '');
  const [ruleId, setRuleId] = useState('');
  const [replica, setReplica] = useState('');
  const [forMs, setForMs] = useState(SILENCE_TIMES_MS[1] ?? 3_600_000);
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const target = { ruleId: ruleId === '' ? null : ruleId, replica: replica === '' ? null : replica };
    silenceNow({ ...target, forMs, reason }, silenceWords(target, rules));
    setReason('');
  };
  return (
    <form onSubmit={submit} className="mt-3 grid grid-cols-2 gap-3 sm:grid-cols-3">
      <Labelled word="Rule">
        {(id) => (
          <select id={id} value={ruleId} onChange={(event) => setRuleId(event.target.value)} className={FIELD}>
            <option value="">all rules</option>
            {rules.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled word="Replica">
        {(id) => (
          <select id={id} value={replica} onChange={(event) => setReplica(event.target.value)} className={FIELD}>
            <option value="">all</option>
            {names.split('\n').map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled word="For">
        {(id) => (
          <select id={id} value={forMs} onChange={(event) => setForMs(Number(event.target.value))} className={FIELD}>
            {SILENCE_TIMES_MS.map((ms) => (
              <option key={ms} value={ms}>
                {durationWords(ms)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled word="Why (may be empty)" className="sm:col-span-2">
        {(id) => (
          <input
            id={id}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
            className={FIELD}
          />
        )}
      </Labelled>
      <div className="flex items-end max-sm:col-span-full">
        <ChangeButton type="submit">Silence</ChangeButton>
      </div>
    </form>
  );
}
