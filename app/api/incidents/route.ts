import { incidentsPage, incidentsQuery } from '#lib/api/admin.ts';
import { callBalancer } from '../../_server/balancer.ts';
import { answer, refuse } from '../../_server/guard.ts';
import { mayRead } from '../../_server/read.ts';
import { searchOf } from '../../_server/search.ts';

/** Failures with their stopwatches, newest first. */
export async function GET(request: Request): Promise<Response> {
  const refusal = await mayRead(request);
  if (refusal !== null) return refusal;
  const query = incidentsQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return refuse(400, 'bad-request', 'The question is not valid.');
  return answer(await callBalancer({ path: `/_ring/v1/incidents?${searchOf(query.data)}`, schema: incidentsPage }));
}
