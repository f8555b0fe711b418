import { actionResult, replicaAction } from '#lib/api/admin.ts';
import { replicaName } from '#lib/api/contract.ts';
import { relayChange } from '../../../../_server/change.ts';
import { refuse } from '../../../../_server/guard.ts';

interface Context {
  readonly params: Promise<{ readonly name: string; readonly action: string }>;
}

/** Kill, pause, unpause, restart, drain, undrain: what `replicaAction` lists and nothing else. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { name, action } = await params;
  const replica = replicaName.safeParse(name);
  const wanted = replicaAction.safeParse(action);
  if (!replica.success || !wanted.success) return refuse(404, 'not-found', 'There is no such action.');
  const path = `/_ring/v1/replicas/${encodeURIComponent(replica.data)}/${wanted.data}`;
  return await relayChange(request, { method: 'POST', path, schema: actionResult });
}
