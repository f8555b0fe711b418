import { previousLogAnswer } from '#lib/api/admin.ts';
import { replicaName } from '#lib/api/contract.ts';
import { refuse } from '../../../../_server/guard.ts';
import { relayRead } from '../../../../_server/read.ts';

interface Context {
  readonly params: Promise<{ readonly name: string }>;
}

/** What a replica's last instance that ended had printed. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const replica = replicaName.safeParse((await params).name);
  if (!replica.success) return refuse(400, 'bad-request', 'No replica has such a name.');
  const path = `/_ring/v1/replicas/${encodeURIComponent(replica.data)}/previous-log`;
  return await relayRead(request, path, previousLogAnswer);
}
