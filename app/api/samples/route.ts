import { samplesPage, samplesQuery } from '#lib/api/samples.ts';
import { callBalancer } from '../../_server/balancer.ts';
import { answer, refuse } from '../../_server/guard.ts';
import { mayRead } from '../../_server/read.ts';

/** Figures of the past. */
export async function GET(request: Request): Promise<Response> {
  const refusal = await mayRead(request);
  if (refusal !== null) return refusal;
  const query = samplesQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return refuse(400, 'bad-request', query.error.issues[0]?.message ?? 'The question is not valid.');
  const { from, to, replica } = query.data;
  const search = new URLSearchParams({ from: String(from), to: String(to) });
  if (replica !== undefined) search.set('replica', replica);
  return answer(await callBalancer({ path: `/_ring/v1/samples?${search}`, schema: samplesPage }));
}
