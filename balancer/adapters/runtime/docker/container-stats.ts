import { z } from 'zod';
import type { Resources } from '../../../core/resources.ts';

/** What we read of a message of the Engine's stats stream. Everything may be missing: a stopped container sends zeros. */
const message = z.object({
  cpu_stats: z.object({
    cpu_usage: z.object({ total_usage: z.number() }),
    system_cpu_usage: z.number().optional(),
    online_cpus: z.number().optional(),
  }),
  precpu_stats: z.object({
    cpu_usage: z.object({ total_usage: z.number() }),
    system_cpu_usage: z.number().optional(),
  }),
  memory_stats: z.object({
    usage: z.number().optional(),
    limit: z.number().optional(),
    stats: z.record(z.string(), z.number()).optional(),
  }),
});
type Message = z.infer<typeof message>;

/**
 * Null for a first message, which has nothing to compare with, and for one of a container that does not run.
 * `machineBytes`: the machine's memory, which the Engine gives as the limit of a container that has none.
 */
export function toResources(json: unknown, machineBytes: number): Resources | null {
  const parsed = message.safeParse(json);
  if (!parsed.success) return null;
  const { cpu_stats, precpu_stats, memory_stats } = parsed.data;
  const { usage, limit } = memory_stats;
  if (usage === undefined || precpu_stats.system_cpu_usage === undefined) return null;
  const systemNs = (cpu_stats.system_cpu_usage ?? 0) - precpu_stats.system_cpu_usage;
  const usedNs = cpu_stats.cpu_usage.total_usage - precpu_stats.cpu_usage.total_usage;
  if (systemNs <= 0) return null;
  return {
    cpuPercent: Math.max(0, (usedNs / systemNs) * (cpu_stats.online_cpus ?? 1) * 100),
    memoryBytes: Math.max(0, usage - cachedBytes(memory_stats)),
    memoryLimitBytes: limit === undefined || limit >= machineBytes ? null : limit,
  };
}

/** File cache that the kernel takes back when it needs room: `docker stats` leaves it out too. v2's and v1's name. */
function cachedBytes({ stats }: Message['memory_stats']): number {
  return stats?.['inactive_file'] ?? stats?.['total_inactive_file'] ?? 0;
}
