import { alertView } from '#lib/api/alerts.ts';
import { relayChange } from '../../../../_server/change.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

async function pathOf({ params }: Context): Promise<string> {
  return `/_ring/v1/alerts/${encodeURIComponent((await params).id)}/acknowledge`;
}

export async function POST(request: Request, context: Context): Promise<Response> {
  return await relayChange(request, { method: 'POST', path: await pathOf(context), schema: alertView });
}

export async function DELETE(request: Request, context: Context): Promise<Response> {
  return await relayChange(request, { method: 'DELETE', path: await pathOf(context), schema: alertView });
}
