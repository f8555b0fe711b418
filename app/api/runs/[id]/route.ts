import { z } from 'zod';
import { run, runHead } from '#lib/lab/run.ts';
import { callBalancer } from '../../../_server/balancer.ts';
import { relayChange } from '../../../_server/change.ts';
import { answer, refuse } from '../../../_server/guard.ts';
import { mayRead } from '../../../_server/read.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

const removed = z.object({ id: z.string() });

/** One run, with its parameters and its result. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const refusal = await mayRead(request);
  if (refusal !== null) return refusal;
  const id = runHead.shape.id.safeParse((await params).id);
  if (!id.success) return refuse(404, 'not-found', 'There is no such run.');
  return answer(await callBalancer({ path: `/_ring/v1/runs/${id.data}`, schema: run }));
}

/** Forgets a run that is over. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const id = runHead.shape.id.safeParse((await params).id);
  if (!id.success) return refuse(404, 'not-found', 'There is no such run.');
  return await relayChange(request, { method: 'DELETE', path: `/_ring/v1/runs/${id.data}`, schema: removed });
}
