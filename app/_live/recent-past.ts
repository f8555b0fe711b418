import type { SamplesPage } from '#lib/api/samples.ts';
import { framesOf } from '../_history/seed.ts';
import type { LiveStore } from './store.ts';
import { SECONDS_KEPT } from './view.ts';

/** Fills the live charts with the last minutes, where the balancer kept them: without, they begin empty, no more. */
export async function readRecentPast(store: LiveStore, signal: AbortSignal): Promise<void> {
  const { state } = store.view();
  if (state === null) return;
  const to = Math.ceil(state.at);
  try {
    const answer = await fetch(`/api/samples?from=${to - SECONDS_KEPT * 1_000}&to=${to}`, {
      signal,
      cache: 'no-store',
    });
    // Unchecked like the stream, and for the same reason: see message.ts.
    if (answer.ok) store.seed(framesOf(((await answer.json()) as SamplesPage).samples, state));
  } catch {
    // The stream tells whether the balancer is there; the past is not worth an alarm.
  }
}
