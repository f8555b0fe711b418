import { readState } from '../../_server/balancer.ts';
import { answer } from '../../_server/guard.ts';
import { mayRead } from '../../_server/read.ts';

export async function GET(request: Request): Promise<Response> {
  return (await mayRead(request)) ?? answer(await readState());
}
