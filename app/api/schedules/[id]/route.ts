import { z } from 'zod';
import { schedule } from '#lib/lab/schedule.ts';
import { relayChange } from '../../../_server/change.ts';
import { refuse } from '../../../_server/guard.ts';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

const removed = z.object({ id: z.string() });

/** Runs it no more. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const id = schedule.shape.id.safeParse((await params).id);
  if (!id.success) return refuse(404, 'not-found', 'There is no such schedule.');
  return await relayChange(request, { method: 'DELETE', path: `/_ring/v1/schedules/${id.data}`, schema: removed });
}
