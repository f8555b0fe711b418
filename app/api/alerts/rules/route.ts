import { alertRule, alertRulesPage } from '#lib/api/alert-rules.ts';
import { jsonOf, relayChange } from '../../../_server/change.ts';
import { relayRead } from '../../../_server/read.ts';

const path = '/_ring/v1/alerts/rules';

export async function GET(request: Request): Promise<Response> {
  return await relayRead(request, path, alertRulesPage);
}

/** Adds a rule; the balancer says whether it is one. */
export async function POST(request: Request): Promise<Response> {
  return await relayChange(request, { method: 'POST', path, body: await jsonOf(request), schema: alertRule });
}
