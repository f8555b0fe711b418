import { runsPage } from '#lib/lab/run.ts';
import { callBalancer } from '../../_server/balancer.ts';
import { answer } from '../../_server/guard.ts';
import { mayRead } from '../../_server/read.ts';

/** Runs, newest first. */
export async function GET(request: Request): Promise<Response> {
  const refusal = await mayRead(request);
  return refusal ?? answer(await callBalancer({ path: '/_ring/v1/runs', schema: runsPage }));
}
