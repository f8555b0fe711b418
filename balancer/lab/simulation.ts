/**
 * Simulates in a thread of its own: millions of requests take a second or so, and the balancer's main thread has
 * replicas to watch meanwhile.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { emptyFleet } from '../../lib/lab/empty-fleet.ts';
import { grow, ringFleet } from '../../lib/lab/fleet.ts';
import { countRequests, measureScheme } from '../../lib/lab/simulate.ts';
import { MAX_REPLICAS } from '../../lib/ring/types.ts';
import type { SimulationResult, SimulationTask } from './simulation-thread.ts';

function simulate(task: SimulationTask): SimulationResult {
  if (task.kind === 'counts') return countRequests(ringFleet(task.ring), task.keys, task.requests, task.seed);
  const { scheme, counts, keys, requests, seed } = task;
  const setting = { pattern: keys, requests, seed, maxReplicas: MAX_REPLICAS };
  return counts.map((n) => measureScheme(grow(emptyFleet(scheme, seed), n), setting));
}

parentPort?.postMessage(simulate(workerData as SimulationTask));
