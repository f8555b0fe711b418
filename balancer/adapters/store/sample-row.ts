import { z } from 'zod';
import { type Sample, sample } from '../../../lib/api/samples.ts';
import { type ReplicaStatus, replicaStatus } from '../../../lib/api/state.ts';

const nullable = z.number().nullable();

/** A replica in a row: name, seat, status, req/s, errors/s, in flight, p50, p99, CPU, memory. */
const replicaRow = z.tuple([
  z.string(),
  z.int(),
  replicaStatus,
  z.number(),
  z.number(),
  z.number(),
  nullable,
  nullable,
  nullable,
  nullable,
]);
const row = sample.omit({ at: true, replicas: true }).extend({ replicas: z.array(replicaRow) });

/** As text without the keys: at 56 replicas a third of the size, and there is a row a second. */
export function packSample({ at: _, replicas, ...fleet }: Sample): string {
  const rows = replicas.map((one) => [
    one.name,
    one.seat,
    one.status,
    round(one.requestsPerSecond),
    round(one.errorsPerSecond),
    round(one.inFlight),
    round(one.p50Ms),
    round(one.p99Ms),
    round(one.cpuPercent),
    one.memoryBytes,
  ]);
  return JSON.stringify({ ...fleet, replicas: rows });
}

/** Null for a row that is none. */
export function unpackSample(at: number, text: string): Sample | null {
  const parsed = row.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  return { ...parsed.data, at, replicas: parsed.data.replicas.map(unpackReplica) };
}

function unpackReplica(values: z.infer<typeof replicaRow>): Sample['replicas'][number] {
  const [name, seat, status, requestsPerSecond, errorsPerSecond, inFlight, p50Ms, p99Ms, cpuPercent, memoryBytes] =
    values;
  const known: ReplicaStatus = status;
  return {
    name,
    seat,
    status: known,
    requestsPerSecond,
    errorsPerSecond,
    inFlight,
    p50Ms,
    p99Ms,
    cpuPercent,
    memoryBytes,
  };
}

/** Two decimals. */
function round<T extends number | null>(value: T): T {
  return (value === null ? null : Math.round(value * 100) / 100) as T;
}
