import { deliveryView } from '#lib/api/webhooks.ts';
import { relayChange } from '../../../../../_server/change.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Sends a test; how it went is read with the other deliveries. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const path = `/_ring/v1/alerts/webhooks/${encodeURIComponent((await params).id)}/test`;
  return await relayChange(request, { method: 'POST', path, schema: deliveryView });
}
