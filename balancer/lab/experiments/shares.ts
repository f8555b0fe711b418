import { grouped } from '../../../lib/grouped.ts';
import type { RequestOf } from '../../../lib/lab/experiment.ts';
import type { Distribution, ResultOf } from '../../../lib/lab/run.ts';
import type { Context } from './context.ts';
import { measuredDistribution, type SpreadLoad, simulatedDistribution, spreadSpec } from './distribution.ts';
import { keepingFleet, replicaNames, resizeTo, standbysMade } from './fleet-size.ts';

interface Pair {
  readonly measured: Distribution;
  readonly simulated: Distribution;
}

/** so many requests over N replicas; who got how many, measured and simulated on the same ring. */
export function runShares(request: RequestOf<'a1'>, context: Context): Promise<ResultOf<'a1'>> {
  return keepingFleet(context.subject.client, async () => {
    context.step(`bringing the fleet to ${request.replicas}`, 0);
    await resizeTo(context.subject.client, request.replicas);
    await standbysMade(context);
    context.step(`${grouped(request.requests, 0)} requests`, 0.1);
    return { kind: 'a1', ...(await measurePair(request, request.simulated, context)) };
  });
}

/** the same for each size of fleet. */
export function runGrowth(request: RequestOf<'a2'>, context: Context): Promise<ResultOf<'a2'>> {
  return keepingFleet(context.subject.client, async () => {
    const pairs: Pair[] = [];
    for (let n = request.from; n <= request.to; n++) {
      context.step(`N = ${n}`, (n - request.from) / (request.to - request.from + 1));
      await resizeTo(context.subject.client, n);
      pairs.push(await measurePair(request, request.simulated, context));
      context.found(growthOf(pairs));
      context.signal.throwIfAborted();
    }
    return growthOf(pairs);
  });
}

function growthOf(pairs: readonly Pair[]): ResultOf<'a2'> {
  return { kind: 'a2', measured: pairs.map((p) => p.measured), simulated: pairs.map((p) => p.simulated) };
}

async function measurePair(load: SpreadLoad, simulated: number, context: Context): Promise<Pair> {
  const { client, origin } = context.subject;
  const state = await client.state();
  const names = await replicaNames(client);
  const summary = await context.load(origin, spreadSpec(state.balancer.key, load));
  context.signal.throwIfAborted();
  const model = await simulatedDistribution(state, { ...load, requests: simulated }, context.signal);
  return { measured: measuredDistribution(names, summary), simulated: model };
}
