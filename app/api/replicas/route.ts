import { changeRequest, replicaList } from '#lib/api/contract.ts';
import { jsonOf, relayChange } from '../../_server/change.ts';
import { refuse } from '../../_server/guard.ts';

async function change(request: Request, method: 'POST' | 'DELETE', path: string): Promise<Response> {
  const body = changeRequest.safeParse(await jsonOf(request));
  if (!body.success) return refuse(400, 'bad-request', body.error.issues[0]?.message ?? 'The request is not valid.');
  return await relayChange(request, { method, path, body: body.data, schema: replicaList });
}

/** Adds replicas; answers once they serve. */
export function POST(request: Request): Promise<Response> {
  return change(request, 'POST', '/add');
}

/** Removes replicas, after they have finished what they are doing. */
export function DELETE(request: Request): Promise<Response> {
  return change(request, 'DELETE', '/rm');
}
