import type { SecondFrame } from '#lib/api/events.ts';
import type { Sample } from '#lib/api/samples.ts';
import type { State } from '#lib/api/state.ts';

/**
 * Samples of the last minutes as the frames the live charts are drawn from, so that they do not begin empty. Samples
 * hold rates where frames hold totals: totals are counted back from what they are now.
 */
export function framesOf(samples: readonly Sample[], now: Pick<State, 'replicas' | 'totals'>): SecondFrame[] {
  const errors = new Map(now.replicas.map(({ seat, traffic }) => [seat, traffic.errors]));
  return samples
    .toReversed()
    .map((sample): SecondFrame => {
      const replicas = sample.replicas.map((replica) => {
        const after = errors.get(replica.seat) ?? 0;
        errors.set(replica.seat, Math.max(0, after - replica.errorsPerSecond));
        return frameReplica(replica, after);
      });
      return { at: sample.at, totals: now.totals, replicas };
    })
    .reverse();
}

function frameReplica(replica: Sample['replicas'][number], errors: number): SecondFrame['replicas'][number] {
  const { name, seat, requestsPerSecond, inFlight, p50Ms, p99Ms, cpuPercent, memoryBytes } = replica;
  return {
    name,
    seat,
    traffic: { requestsPerSecond, inFlight, p50Ms, p99Ms, requests: 0, errors, retries: 0 },
    resources: cpuPercent === null || memoryBytes === null ? null : { cpuPercent, memoryBytes, memoryLimitBytes: null },
  };
}
