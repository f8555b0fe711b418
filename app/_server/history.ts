import 'server-only';
import { type HistoryPage, type HistoryQuery, historyPage } from '#lib/api/admin.ts';
import { type Answer, callBalancer } from './balancer.ts';

export function readHistory(query: HistoryQuery): Promise<Answer<HistoryPage>> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return callBalancer({ path: `/_ring/v1/history?${search}`, schema: historyPage });
}
