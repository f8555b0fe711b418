'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExperimentRequest } from '#lib/lab/experiment.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { addSchedule } from './api.ts';

const MINUTE_MS = 60_000;

interface ScheduleButtonProps {
  /** What the form says now; null when it is not valid, which it shows itself. */
  readonly read: () => ExperimentRequest | null;
  readonly onProblem: (message: string) => void;
}

/** Runs what the form says every so many minutes. */
export function ScheduleButton({ read, onProblem }: ScheduleButtonProps) {
  const queries = useQueryClient();
  const [minutes, setMinutes] = useState('60');
  const add = async (): Promise<void> => {
    const request = read();
    if (request === null) return;
    const everyMs = Math.round(Number(minutes) * MINUTE_MS);
    try {
      await addSchedule({ request, everyMs, times: null });
      await queries.invalidateQueries({ queryKey: ['schedules'] });
    } catch (error) {
      onProblem(error instanceof Error ? error.message : 'It was not scheduled.');
    }
  };
  return (
    <span className="flex items-center gap-2 text-muted">
      or every
      <input
        aria-label="Minutes between runs"
        value={minutes}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => setMinutes(event.target.value)}
        className="h-8 w-14 rounded-lg border border-line bg-ground px-2 text-ink focus:border-focus focus:outline-none"
      />
      min
      <ChangeButton onClick={() => void add()}>Schedule</ChangeButton>
    </span>
  );
}
