import { alertRule } from '#lib/api/alert-rules.ts';
import { jsonOf, relayChange } from '../../../../_server/change.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

async function pathOf({ params }: Context): Promise<string> {
  return `/_ring/v1/alerts/rules/${encodeURIComponent((await params).id)}`;
}

export async function PUT(request: Request, context: Context): Promise<Response> {
  const body = await jsonOf(request);
  return await relayChange(request, { method: 'PUT', path: await pathOf(context), body, schema: alertRule });
}

export async function DELETE(request: Request, context: Context): Promise<Response> {
  return await relayChange(request, { method: 'DELETE', path: await pathOf(context), schema: alertRule });
}
