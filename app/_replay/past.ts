import { historyPage, incidentsPage, type StoredEvent } from '#lib/api/admin.ts';
import { type SamplesPage, samplesPage } from '#lib/api/samples.ts';
import type { IncidentView } from '#lib/api/state.ts';
import { type TimelineChange, type TimelinePage, timelinePage } from '#lib/api/timeline.ts';
import { callPanel } from '../_changes/api.ts';

/** All that was kept of a stretch of time, complete from `from` to `to`; wall times, ms. */
export interface Past {
  readonly from: number;
  readonly to: number;
  readonly base: TimelinePage['base'];
  /** Oldest first. */
  readonly changes: readonly TimelineChange[];
  readonly samples: SamplesPage;
  /** Oldest first. */
  readonly events: readonly StoredEvent[];
  /** Newest first. */
  readonly incidents: readonly IncidentView[];
}

const MOST_EVENTS = 1_000;
const MOST_INCIDENTS = 50;

/** Asks the balancer for a stretch of the past. Throws RefusedError with words that can be shown. */
export async function readPast(from: number, to: number, signal: AbortSignal): Promise<Past> {
  const ask = { signal };
  const [timeline, samples, { events }, { incidents }] = await Promise.all([
    readTimeline(from, to, signal),
    callPanel(`/api/samples?from=${from}&to=${to}`, samplesPage, ask),
    callPanel(`/api/history?to=${to}&limit=${MOST_EVENTS}`, historyPage, ask),
    callPanel(`/api/incidents?limit=${MOST_INCIDENTS}&to=${to}`, incidentsPage, ask),
  ]);
  return { from, ...timeline, samples, events, incidents };
}

/** Page after page until it is complete, or up to now. */
async function readTimeline(
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<Pick<Past, 'base' | 'changes' | 'to'>> {
  const ask = (since: number): Promise<TimelinePage> =>
    callPanel(`/api/timeline?from=${Math.floor(since)}&to=${to}`, timelinePage, { signal });
  const first = await ask(from);
  const changes = [...first.changes];
  let page = first;
  // A page that ends with its last change was cut there: what follows is on the next one.
  while (page.until < to && page.until === page.changes.at(-1)?.at) {
    page = await ask(page.until);
    const { at = 0 } = changes.at(-1) ?? {};
    changes.push(...page.changes.filter((change) => change.at > at));
  }
  return { base: first.base, changes, to: page.until };
}
