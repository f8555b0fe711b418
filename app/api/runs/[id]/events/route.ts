import { runHead } from '#lib/lab/run.ts';
import { refuse } from '../../../../_server/guard.ts';
import { relayStream } from '../../../../_server/read.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** How a run goes, until it is over. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const id = runHead.shape.id.safeParse((await params).id);
  if (!id.success) return refuse(404, 'not-found', 'There is no such run.');
  return await relayStream(request, `/_ring/v1/runs/${id.data}/events`, {});
}
