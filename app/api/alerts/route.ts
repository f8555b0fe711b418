import { alertsPage } from '#lib/api/alerts.ts';
import { relayRead } from '../../_server/read.ts';

/** What fires, what is over, and silences. */
export async function GET(request: Request): Promise<Response> {
  return await relayRead(request, '/_ring/v1/alerts', alertsPage);
}
