import { silence } from '#lib/api/alerts.ts';
import { relayChange } from '../../../../_server/change.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const path = `/_ring/v1/alerts/silences/${encodeURIComponent((await params).id)}`;
  return await relayChange(request, { method: 'DELETE', path, schema: silence });
}
