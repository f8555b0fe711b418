'use client';

import { Segmented } from '../_ui/segmented.tsx';
import { FIELD, Labelled } from './labelled.tsx';
import { KINDS, type RuleField, type RuleForm, withKind } from './rule-form.ts';

interface RuleFieldsProps {
  readonly form: RuleForm;
  readonly problems: ReadonlyMap<RuleField, string>;
  readonly onChange: (form: RuleForm) => void;
}

const SEVERITIES = [
  { value: 'warning', word: 'warning' },
  { value: 'critical', word: 'critical' },
] as const;
const SCOPES = [
  { value: 'fleet', word: 'all together' },
  { value: 'replica', word: 'each replica' },
] as const;

export function RuleFields({ form, problems, onChange }: RuleFieldsProps) {
  const kind = KINDS[form.kind];
  const text = (field: 'name' | 'bound' | 'windowS' | 'minRequests' | 'forS' | 'clearS', word: string) => (
    <Labelled word={word} problem={problems.get(field) ?? null} className={field === 'name' ? 'col-span-2' : ''}>
      {(id) => (
        <input
          id={id}
          value={form[field]}
          inputMode={field === 'name' ? 'text' : 'decimal'}
          autoComplete="off"
          aria-invalid={problems.has(field)}
          onChange={(event) => onChange({ ...form, [field]: event.target.value })}
          className={FIELD}
        />
      )}
    </Labelled>
  );
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-4">
      {text('name', 'Name')}
      <Labelled word="When" className="col-span-2">
        {(id) => (
          <select
            id={id}
            value={form.kind}
            onChange={(event) => onChange(withKind(form, event.target.value as RuleForm['kind']))}
            className={FIELD}
          >
            {Object.entries(KINDS).map(([value, { word }]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {kind.hasScope && (
        <div className="col-span-2">
          <Segmented
            label="Whose"
            options={SCOPES}
            value={form.scope}
            onChange={(scope) => onChange({ ...form, scope })}
          />
        </div>
      )}
      {kind.bound !== null && text('bound', kind.bound.word)}
      {kind.hasWindow && text('windowS', 'Within, s')}
      {kind.hasMinimum && text('minRequests', 'Of requests, at least')}
      {text('forS', 'Has to hold for, s')}
      {text('clearS', 'Over after, s')}
      <div className="col-span-2">
        <Segmented
          label="Severity"
          options={SEVERITIES}
          value={form.severity}
          onChange={(severity) => onChange({ ...form, severity })}
        />
      </div>
    </div>
  );
}
