import { schedule, scheduleRequest, schedulesPage } from '#lib/lab/schedule.ts';
import { callBalancer } from '../../_server/balancer.ts';
import { jsonOf, relayChange } from '../../_server/change.ts';
import { answer, refuse } from '../../_server/guard.ts';
import { mayRead } from '../../_server/read.ts';

const path = '/_ring/v1/schedules';

/** What is run every so often. */
export async function GET(request: Request): Promise<Response> {
  const refusal = await mayRead(request);
  return refusal ?? answer(await callBalancer({ path, schema: schedulesPage }));
}

/** Runs something every so often from now on. */
export async function POST(request: Request): Promise<Response> {
  const body = scheduleRequest.safeParse(await jsonOf(request));
  if (!body.success) return refuse(400, 'bad-request', body.error.issues[0]?.message ?? 'The request is not valid.');
  return await relayChange(request, { method: 'POST', path, body: body.data, schema: schedule });
}
