import { historyQuery } from '#lib/api/admin.ts';
import { answer, refuse } from '../../_server/guard.ts';
import { readHistory } from '../../_server/history.ts';
import { mayRead } from '../../_server/read.ts';

/** Events as they are kept, a page at a time. */
export async function GET(request: Request): Promise<Response> {
  const refusal = await mayRead(request);
  if (refusal !== null) return refusal;
  const query = historyQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return refuse(400, 'bad-request', query.error.issues[0]?.message ?? 'The question is not valid.');
  return answer(await readHistory(query.data));
}
