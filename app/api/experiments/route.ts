import { experimentRequest } from '#lib/lab/experiment.ts';
import { runHead } from '#lib/lab/run.ts';
import { jsonOf, relayChange } from '../../_server/change.ts';
import { refuse } from '../../_server/guard.ts';

/** Starts an experiment, the kill demo or a load. */
export async function POST(request: Request): Promise<Response> {
  const body = experimentRequest.safeParse(await jsonOf(request));
  if (!body.success) return refuse(400, 'bad-request', body.error.issues[0]?.message ?? 'The request is not valid.');
  return await relayChange(request, {
    method: 'POST',
    path: '/_ring/v1/experiments',
    body: body.data,
    schema: runHead,
  });
}
