'use client';

import { type FormEvent, useState } from 'react';
import { ruleWords } from '#lib/alerts/condition-words.ts';
import type { AlertRule } from '#lib/api/alert-rules.ts';
import { track } from '../_changes/carry-out.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { Button } from '../_ui/button.tsx';
import { Sheet } from '../_ui/sheet.tsx';
import { removeRule, saveRule } from './api.ts';
import { RuleFields } from './rule-fields.tsx';
import { formOf, type RuleField, readForm } from './rule-form.ts';

interface RuleSheetProps {
  /** Null: a new one. */
  readonly rule: AlertRule | null;
  readonly open: boolean;
  readonly onClose: () => void;
}

const NO_PROBLEMS: ReadonlyMap<RuleField, string> = new Map();

/** A rule in the making: its fields, and beside them what they come to in words. */
export function RuleSheet({ rule, open, onClose }: RuleSheetProps) {
  return (
    <Sheet title={rule === null ? 'Add a rule' : rule.name} open={open} onClose={onClose}>
      <RuleBody rule={rule} onClose={onClose} />
    </Sheet>
  );
}

function RuleBody({ rule, onClose }: Omit<RuleSheetProps, 'open'>) {
  const [form, setForm] = useState(() => formOf(rule));
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const [refusal, setRefusal] = useState<string | null>(null);
  const reading = readForm(form);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblems(reading.ok ? NO_PROBLEMS : reading.problems);
    if (!reading.ok) return;
    try {
      const saved = await saveRule(rule?.id ?? null, reading.draft);
      track(`${saved.name}…`, Promise.resolve(), `${saved.name}: ${rule === null ? 'added' : 'changed'}`);
      onClose();
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : 'It was not saved.');
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto px-6 py-5">
        <RuleFields form={form} problems={problems} onChange={setForm} />
        <section
          aria-label="In words"
          aria-live="polite"
          className="border-line border-t pt-4"
          data-testid="rule-words"
        >
          {reading.ok ? (
            ruleWords(reading.draft)
          ) : (
            <span className="text-muted">The rule in words, once its fields are right.</span>
          )}
        </section>
        {refusal !== null && (
          <p role="alert" className="text-critical">
            {refusal}
          </p>
        )}
      </div>
      <footer className="flex shrink-0 items-center gap-2 border-line border-t px-6 py-4">
        {rule !== null && <RemoveButton rule={rule} onRemoved={onClose} />}
        <span className="flex-1" />
        <Button onClick={onClose}>Cancel</Button>
        <ChangeButton type="submit" weight="main">
          {rule === null ? 'Add the rule' : 'Save'}
        </ChangeButton>
      </footer>
    </form>
  );
}

/** Asks once, in its own place. */
function RemoveButton({ rule, onRemoved }: { readonly rule: AlertRule; readonly onRemoved: () => void }) {
  const [isAsked, setAsked] = useState(false);
  const { id, ...draft } = rule;
  const remove = (): void => {
    track(`${rule.name}…`, removeRule(id), `${rule.name}: removed`, () =>
      track(`${rule.name}…`, saveRule(null, draft), `${rule.name}: back again`),
    );
    onRemoved();
  };
  if (!isAsked) return <Button onClick={() => setAsked(true)}>Remove…</Button>;
  return (
    <ChangeButton weight="danger" onClick={remove}>
      Remove “{rule.name}”
    </ChangeButton>
  );
}
