import { reachOf } from '../../../lib/lab/empty-fleet.ts';
import type { RequestOf } from '../../../lib/lab/experiment.ts';
import type { Distribution, ResultOf, SchemeSeries } from '../../../lib/lab/run.ts';
import { ALL_SCHEMES, type Scheme, schemeLabel } from '../../../lib/lab/scheme.ts';
import type { Placement } from '../../../lib/ring/types.ts';
import { simulateSeries } from '../simulation-thread.ts';
import type { Context } from './context.ts';
import { measuredDistribution, spreadSpec } from './distribution.ts';
import { replicaNames, resizeTo } from './fleet-size.ts';
import { MEASURED_KEY } from './measured-key.ts';

type SchemesRequest = RequestOf<'a4'>;

/** evenness and movement of every scheme at every size; measured too where the balancer can run the scheme. */
export async function runSchemes(request: SchemesRequest, context: Context): Promise<ResultOf<'a4'>> {
  const schemes = chosenSchemes(request);
  const series: SchemeSeries[] = [];
  for (const [at, scheme] of schemes.entries()) {
    const words = schemeLabel(scheme);
    context.step(`simulating ${words}`, at / schemes.length);
    const task = { kind: 'series' as const, scheme, counts: sizesOf(request.counts), ...requestsOf(request) };
    const simulated = (await simulateSeries(task, context.signal)).map((p) => ({ ...p, counts: [...p.counts] }));
    const measured =
      request.measure && scheme.kind === 'ring'
        ? await measureSeries(request, scheme.placement, context, at / schemes.length)
        : [];
    series.push({ label: words, reachedSlots: reachOf(scheme), simulated, measured });
    context.found({ kind: 'a4', requests: request.requests, series: [...series] });
  }
  return { kind: 'a4', requests: request.requests, series };
}

function chosenSchemes({ schemes, custom }: SchemesRequest): readonly Scheme[] {
  return [...(schemes ?? ALL_SCHEMES), ...custom.map((pair) => ({ kind: 'custom' as const, ...pair }))];
}

function requestsOf({ keys, requests, seed }: SchemesRequest) {
  return { keys, requests, seed };
}

function sizesOf(counts: readonly number[]): number[] {
  return [...new Set(counts)].sort((a, b) => a - b);
}

async function measureSeries(
  { measuredCounts, requests, keys, clients, seed }: SchemesRequest,
  placement: Placement,
  context: Context,
  ratio: number,
): Promise<Distribution[]> {
  const sizes = sizesOf(measuredCounts);
  const own = await context.startBalancer(placement, sizes[0] ?? 1);
  try {
    const distributions: Distribution[] = [];
    for (const n of sizes) {
      context.step(`measuring ${placement} at N = ${n}`, ratio);
      await resizeTo(own.client, n);
      const names = await replicaNames(own.client);
      const spec = spreadSpec(MEASURED_KEY, { requests, clients, keys, path: '/home', seed });
      distributions.push(measuredDistribution(names, await context.load(own.origin, spec)));
      context.signal.throwIfAborted();
    }
    return distributions;
  } finally {
    await own.stop();
  }
}
