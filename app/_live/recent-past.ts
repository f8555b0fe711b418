import type { SamplesPage } from '#lib/api/samples.ts';
import { framesOf } from '../_history/seed.ts';
import type { LiveStore } from './store.ts';
import { SECONDS_KEPT } from './view.ts';

/** Beyond any time from the snapshot, which the page came with, to the answer, ms. */
const WELL_AFTER_MS = 60_000;

/**
 * Fills the live charts with the last minutes, where the balancer kept them: without, they begin empty, no more. Up to
 * the moment of the answer: a page may have been under way for seconds, which no frame of the stream tells of.
 */
export async function readRecentPast(store: LiveStore, signal: AbortSignal): Promise<void> {
  const { state } = store.view();
  if (state === null) return;
  const at = Math.ceil(state.at);
  try {
    const answer = await fetch(`/api/samples?from=${at - SECONDS_KEPT * 1_000}&to=${at + WELL_AFTER_MS}`, {
      signal,
      cache: 'no-store',
    });
    // Unchecked like the stream, and for the same reason: see message.ts.
    if (answer.ok) store.seed(framesOf(((await answer.json()) as SamplesPage).samples, store.view().state ?? state));
  } catch {
    // The stream tells whether the balancer is there; the past is not worth an alarm.
  }
}
