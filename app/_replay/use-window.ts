'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { historyPage, type StoredEvent } from '#lib/api/admin.ts';
import { type SamplesPage, samplesPage } from '#lib/api/samples.ts';
import { callPanel } from '../_changes/api.ts';
import { type Stretch, windowOf } from './window.ts';

/** The slider's end follows the present in steps of this, ms. */
const STEP_MS = 5_000;
const MOST_EVENTS = 1_000;

/** What the slider spans, and what happened in it. */
export interface Window extends Stretch {
  readonly samples: SamplesPage | null;
  /** Oldest first. */
  readonly events: readonly StoredEvent[];
}

export function useWindow(at: number | null, spanMs: number, now: number): Window {
  const { from, to } = windowOf(at ?? now, spanMs, Math.ceil(now / STEP_MS) * STEP_MS);
  const enabled = at !== null && now > 0;
  const range = `from=${Math.max(0, Math.floor(from))}&to=${Math.ceil(to)}`;
  const samples = useQuery({
    queryKey: ['window samples', from, to],
    queryFn: ({ signal }) => callPanel(`/api/samples?${range}`, samplesPage, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
  const events = useQuery({
    queryKey: ['window events', from, to],
    queryFn: ({ signal }) => callPanel(`/api/history?${range}&limit=${MOST_EVENTS}`, historyPage, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
  return { from, to, samples: samples.data ?? null, events: events.data?.events ?? [] };
}
