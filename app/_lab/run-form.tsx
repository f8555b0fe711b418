'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { ExperimentKind, ExperimentRequest } from '#lib/lab/experiment.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { useSession } from '../_shell/session.tsx';
import { startRun } from './api.ts';
import { FIELDS, initialValues } from './fields.ts';
import { readRequest } from './request.ts';
import { RunField } from './run-field.tsx';
import { ScheduleButton } from './schedule-button.tsx';

interface RunFormProps {
  readonly kind: ExperimentKind;
  readonly startWord: string;
}

const NO_PROBLEMS: ReadonlyMap<string, string> = new Map();

/** What a run is given, and its start. It opens the run's own page. */
export function RunForm({ kind, startWord }: RunFormProps) {
  const router = useRouter();
  const { role } = useSession();
  const [values, setValues] = useState(() => initialValues(kind));
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const [starting, setStarting] = useState(false);
  const complain = (message: string): void => setProblems(new Map([['', message]]));
  const read = (): ExperimentRequest | null => {
    const reading = readRequest(kind, values);
    setProblems(reading.ok ? NO_PROBLEMS : reading.problems);
    return reading.ok ? reading.request : null;
  };
  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const request = read();
    if (request === null) return;
    setStarting(true);
    try {
      router.push(`/experiments/${(await startRun(request)).id}`);
    } catch (error) {
      setStarting(false);
      complain(error instanceof Error ? error.message : 'It did not start.');
    }
  };
  const whole = problems.get('');
  return (
    <form onSubmit={start} noValidate className="max-w-6xl">
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-4">
        {FIELDS[kind]
          .filter((field) => field.when?.(values) ?? true)
          .map((field) => (
            <RunField
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              problem={problems.get(field.name) ?? null}
              onChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          ))}
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-4">
        <ChangeButton type="submit" weight="main" disabled={starting || role !== 'operator'}>
          {starting ? 'Starting…' : startWord}
        </ChangeButton>
        {role === 'operator' && kind !== 'load' && <ScheduleButton read={read} onProblem={complain} />}
        {role !== 'operator' && <span className="text-muted">Viewers look at runs; operators start them.</span>}
        {whole !== undefined && (
          <span role="alert" className="text-critical">
            {whole}
          </span>
        )}
      </div>
    </form>
  );
}
