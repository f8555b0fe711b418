'use client';

import { useId } from 'react';
import type { Field } from './fields.ts';

interface RunFieldProps {
  readonly field: Field;
  readonly value: string;
  readonly problem: string | null;
  readonly onChange: (value: string) => void;
}

const SHAPE = 'h-8 w-full rounded-lg border bg-ground px-2.5 focus:border-focus focus:outline-none';

export function RunField({ field, value, problem, onChange }: RunFieldProps) {
  const id = useId();
  const note = problem ?? field.hint;
  const shared = {
    id,
    value,
    'aria-invalid': problem !== null,
    'aria-describedby': note === undefined ? undefined : `${id}-note`,
    className: `${SHAPE} ${problem === null ? 'border-line' : 'border-critical'}`,
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-muted">
        {field.word}
      </label>
      {field.kind === 'choice' ? (
        <select {...shared} onChange={(event) => onChange(event.target.value)}>
          {field.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          inputMode={field.kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {note !== undefined && (
        <p id={`${id}-note`} className={`mt-1 text-small ${problem === null ? 'text-muted' : 'text-critical'}`}>
          {note}
        </p>
      )}
    </div>
  );
}
