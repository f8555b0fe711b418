import { runHead } from '#lib/lab/run.ts';
import { relayChange } from '../../../../_server/change.ts';
import { refuse } from '../../../../_server/guard.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

/** Ends a run early; answered when the fleet is as it was. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const id = runHead.shape.id.safeParse((await params).id);
  if (!id.success) return refuse(404, 'not-found', 'There is no such run.');
  return await relayChange(request, { method: 'POST', path: `/_ring/v1/runs/${id.data}/cancel`, schema: runHead });
}
