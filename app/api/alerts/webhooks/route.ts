import { webhooksPage, webhookView } from '#lib/api/webhooks.ts';
import { jsonOf, relayChange } from '../../../_server/change.ts';
import { relayRead } from '../../../_server/read.ts';

const path = '/_ring/v1/alerts/webhooks';

export async function GET(request: Request): Promise<Response> {
  return await relayRead(request, path, webhooksPage);
}

export async function POST(request: Request): Promise<Response> {
  return await relayChange(request, { method: 'POST', path, body: await jsonOf(request), schema: webhookView });
}
