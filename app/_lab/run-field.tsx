'use client';

import { useId } from 'react';
import type { Field } from './fields.ts';

interface RunFieldProps {
  readonly field: Field;
  readonly value: string;
  readonly problem: string | null;
  readonly onChange: (value: string) => void;
}

const SHAPE = 'w-full rounded-lg border bg-ground px-2.5 focus:border-focus focus:outline-none';

export function RunField({ field, value, problem, onChange }: RunFieldProps) {
  const id = useId();
  const note = problem ?? field.hint;
  const shared = {
    id,
    value,
    'aria-invalid': problem !== null,
    'aria-describedby': note === undefined ? undefined : `${id}-note`,
    className: `${SHAPE} ${field.kind === 'lines' ? 'h-16 py-1.5' : 'h-8'} ${problem === null ? 'border-line' : 'border-critical'}`,
  };
  return (
    <div className={field.kind === 'lines' ? 'col-span-2' : ''}>
      <label htmlFor={id} className="mb-1 block text-muted">
        {field.word}
      </label>
      <Control field={field} shared={shared} onChange={onChange} />
      {note !== undefined && (
        <p id={`${id}-note`} className={`mt-1 text-small ${problem === null ? 'text-muted' : 'text-critical'}`}>
          {note}
        </p>
      )}
    </div>
  );
}

interface ControlProps {
  readonly field: Field;
  readonly shared: {
    readonly id: string;
    readonly value: string;
    readonly className: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  };
  readonly onChange: (value: string) => void;
}

function Control({ field, shared, onChange }: ControlProps) {
  if (field.kind === 'choice') {
    return (
      <select {...shared} onChange={(event) => onChange(event.target.value)}>
        {field.choices?.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  const typed = { ...shared, autoComplete: 'off', spellCheck: false };
  if (field.kind === 'lines') return <textarea {...typed} onChange={(event) => onChange(event.target.value)} />;
  return (
    <input
      {...typed}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
