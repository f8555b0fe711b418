import { silence } from '#lib/api/alerts.ts';
import { jsonOf, relayChange } from '../../../_server/change.ts';

export async function POST(request: Request): Promise<Response> {
  const body = await jsonOf(request);
  return await relayChange(request, { method: 'POST', path: '/_ring/v1/alerts/silences', body, schema: silence });
}
