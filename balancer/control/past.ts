import type { HistoryPage, HistoryQuery } from '../../lib/api/admin.ts';
import type { SamplesPage, SamplesQuery } from '../../lib/api/samples.ts';
import type { TimelineChange, TimelinePage, TimelineQuery } from '../../lib/api/timeline.ts';
import { momentAfter } from '../../lib/timeline/moment.ts';
import { resolutionOf } from '../core/sample.ts';
import type { Store } from '../core/store.ts';

/** Changes in one answer: at 56 replicas about a megabyte. */
const CHANGES_A_PAGE = 2_000;

/** Events of the past, a page of them. */
export function historyOf(store: Store, query: HistoryQuery): HistoryPage {
  const found = store.events({ ...query, limit: query.limit + 1 });
  const more = found.length > query.limit;
  const events = query.after === undefined ? found.slice(-query.limit) : found.slice(0, query.limit);
  return { events, more };
}

/** Figures of the past, as finely as `now` (wall time, ms) still allows. */
export function samplesOf(store: Store, { from, to, replica }: SamplesQuery, now: number): SamplesPage {
  const stepMs = resolutionOf(from, to, now);
  const found = store.samples({ stepMs, from, to });
  const samples = found.map((sample) => {
    const replicas = sample.replicas.filter(({ name }) => replica === undefined || name === replica);
    return { ...sample, replicas };
  });
  return { stepMs, strideMs: stepMs, samples };
}

/** Ring and replicas as they were at `from`, and each change after that up to `to`. */
export function timelineOf(store: Store, { from, to = from }: TimelineQuery, now: number): TimelinePage {
  let base: TimelinePage['base'] = null;
  const changes: TimelineChange[] = [];
  // Between two beginnings are a few hundred lines: with that many more a page is never empty while there is something.
  for (const entry of store.timeline({ from, to, limit: CHANGES_A_PAGE + 1_000 })) {
    if (entry.at > from) {
      if (entry.kind !== 'whole') changes.push(entry);
    } else base = entry.kind === 'whole' ? entry.moment : momentAfter(base, entry);
  }
  const cut = changes[CHANGES_A_PAGE];
  if (cut === undefined) return { base, changes, until: Math.min(to, Math.max(from, now)) };
  // All changes of one moment come on one page: the next one begins after it.
  const page = changes.filter(({ at }) => at < cut.at);
  return { base, changes: page, until: Math.max(from, page.at(-1)?.at ?? from) };
}
