import 'server-only';
import { type HistoryPage, type HistoryQuery, historyPage } from '#lib/api/admin.ts';
import { type Answer, callBalancer } from './balancer.ts';
import { searchOf } from './search.ts';

export function readHistory(query: HistoryQuery): Promise<Answer<HistoryPage>> {
  return callBalancer({ path: `/_ring/v1/history?${searchOf(query)}`, schema: historyPage });
}
