import { timelinePage, timelineQuery } from '#lib/api/timeline.ts';
import { callBalancer } from '../../_server/balancer.ts';
import { answer, refuse } from '../../_server/guard.ts';
import { mayRead } from '../../_server/read.ts';
import { searchOf } from '../../_server/search.ts';

/** Ring and replicas as they were at a moment, and the changes after it. */
export async function GET(request: Request): Promise<Response> {
  const refusal = await mayRead(request);
  if (refusal !== null) return refusal;
  const query = timelineQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return refuse(400, 'bad-request', query.error.issues[0]?.message ?? 'The question is not valid.');
  return answer(await callBalancer({ path: `/_ring/v1/timeline?${searchOf(query.data)}`, schema: timelinePage }));
}
