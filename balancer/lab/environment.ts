import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { State } from '../../lib/api/state.ts';
import type { RunEnvironment } from '../../lib/lab/run.ts';

/** What a run has to say of where it was made, to be compared with others. */
export function environmentOf({ balancer, ring }: State): RunEnvironment {
  return {
    ringmaster: balancer.version,
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    runtime: balancer.runtime.kind,
    placement: ring.placement,
    key: balancer.key,
    workers: balancer.workers,
  };
}
