import { preview, previewQuery } from '#lib/api/admin.ts';
import { callBalancer } from '../../_server/balancer.ts';
import { answer, refuse } from '../../_server/guard.ts';
import { mayRead } from '../../_server/read.ts';

/** What a change would do, asked of the balancer itself: it knows the names and seats new replicas would get. */
export async function GET(request: Request): Promise<Response> {
  const refusal = await mayRead(request);
  if (refusal !== null) return refusal;
  const asked = new URL(request.url).searchParams;
  const names = asked.getAll('name');
  const query = previewQuery.safeParse({ change: asked.get('change'), n: asked.get('n') ?? undefined, name: names });
  if (!query.success) return refuse(400, 'bad-request', query.error.issues[0]?.message ?? 'The change is not valid.');
  const search = new URLSearchParams({ change: query.data.change });
  if (query.data.n !== undefined) search.set('n', String(query.data.n));
  for (const name of query.data.name) search.append('name', name);
  return answer(await callBalancer({ path: `/_ring/v1/preview?${search}`, schema: preview }));
}
