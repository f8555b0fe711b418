import { logsQuery } from '#lib/api/admin.ts';
import { replicaName } from '#lib/api/contract.ts';
import { refuse } from '../../../../_server/guard.ts';
import { relayStream } from '../../../../_server/read.ts';

interface Context {
  readonly params: Promise<{ readonly name: string }>;
}

/** A replica's log, one JSON object a line; with `follow` it goes on until the browser leaves. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const replica = replicaName.safeParse((await params).name);
  const query = logsQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!replica.success || !query.success) return refuse(400, 'bad-request', 'The log cannot be asked for like this.');
  const search = `tail=${query.data.tail}&follow=${query.data.follow}`;
  const path = `/_ring/v1/replicas/${encodeURIComponent(replica.data)}/logs?${search}`;
  return await relayStream(request, path, { accept: 'application/x-ndjson' });
}
