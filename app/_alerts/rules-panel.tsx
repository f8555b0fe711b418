'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ruleWords } from '#lib/alerts/condition-words.ts';
import type { AlertRule } from '#lib/api/alert-rules.ts';
import { track } from '../_changes/carry-out.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { ReadingFailed } from '../_live/reading.tsx';
import { useSession } from '../_shell/session.tsx';
import { Panel } from '../_ui/panel.tsx';
import { Mark } from '../_ui/status-mark.tsx';
import { SEVERITY_SHAPES } from './alert-words.ts';
import { saveRule } from './api.ts';

const RuleSheet = dynamic(() => import('./rule-sheet.tsx').then((module) => module.RuleSheet), { ssr: false });

interface RulesPanelProps {
  /** Null while they are not known. */
  readonly rules: readonly AlertRule[] | null;
  readonly problem: string | null;
}

/** What is watched, each rule with what it means in words. */
export function RulesPanel({ rules, problem }: RulesPanelProps) {
  const { role } = useSession();
  const [edited, setEdited] = useState<{ readonly rule: AlertRule | null; readonly key: number } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const edit = (rule: AlertRule | null): void => {
    setEdited((before) => ({ rule, key: (before?.key ?? 0) + 1 }));
    setOpen(true);
  };
  return (
    <Panel
      title="Rules"
      side={role === 'operator' && <ChangeButton onClick={() => edit(null)}>Add a rule…</ChangeButton>}
      className="border-line max-xl:border-b xl:border-r"
    >
      {problem !== null && <ReadingFailed message={problem} />}
      {rules === null && problem === null && <p className="py-3 text-muted">Reading the rules…</p>}
      {rules?.length === 0 && <p className="py-3">There is no rule: nothing is watched.</p>}
      <ul data-testid="rules">
        {rules?.map((rule) => (
          <RuleRow key={rule.id} rule={rule} onEdit={role === 'operator' ? () => edit(rule) : null} />
        ))}
      </ul>
      {edited !== null && (
        <RuleSheet key={edited.key} rule={edited.rule} open={isOpen} onClose={() => setOpen(false)} />
      )}
    </Panel>
  );
}

interface RuleRowProps {
  readonly rule: AlertRule;
  /** Null: this reader may only look. */
  readonly onEdit: (() => void) | null;
}

function RuleRow({ rule, onEdit }: RuleRowProps) {
  const { id, ...draft } = rule;
  const { name, severity, enabled } = draft;
  const flip = (): void =>
    track(
      `${name}…`,
      saveRule(id, { ...draft, enabled: !enabled }),
      `${name}: switched ${enabled ? 'off' : 'on'}`,
      () => track(`${name}…`, saveRule(id, draft), `${name}: as before`),
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-t py-2">
      <span className="min-w-60 flex-1">
        <span className="flex flex-wrap items-center gap-x-3">
          <strong className={enabled ? '' : 'text-muted'}>{name}</strong>
          {enabled ? (
            <span className="inline-flex items-center gap-1.5 text-muted text-small">
              <Mark shape={SEVERITY_SHAPES[severity]} tone="neutral" />
              {severity}
            </span>
          ) : (
            <span className="inline-flex items-center gap-1.5 text-muted text-small">
              <Mark shape="circle" tone="neutral" />
              off
            </span>
          )}
        </span>
        <span className="block max-w-[110ch] text-pretty text-muted">{ruleWords(rule)}</span>
      </span>
      {onEdit !== null && (
        <span className="flex gap-2 max-sm:-ml-3">
          <ChangeButton weight="quiet" onClick={flip} aria-label={`Switch ${enabled ? 'off' : 'on'} ${name}`}>
            {enabled ? 'Switch off' : 'Switch on'}
          </ChangeButton>
          <ChangeButton weight="quiet" onClick={onEdit} aria-label={`Edit ${name}`}>
            Edit…
          </ChangeButton>
        </span>
      )}
    </li>
  );
}
