import { readdirSync, readFileSync } from 'node:fs';
import { addUsage, type GroupUsage, type ProcessSight, type ProcessTable } from './process-table.ts';

/** Linux counts processor time and start times in hundredths of a second whatever the kernel's own tick. */
const MS_PER_TICK = 10;
const PAGE_BYTES = 4096;

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly cpuTicks: number;
  readonly startTicks: string;
  readonly residentPages: number;
}

/** Reads /proc: 10 us a process and no child process. */
export function linuxProcessTable(): ProcessTable {
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown';
  const sight = (pid: number): ProcessSight | null => {
    const stat = readStat(pid);
    if (!stat || stat.state === 'Z' || stat.state === 'X') return null;
    return { identity: `${boot}/${stat.startTicks}`, paused: stat.state === 'T' };
  };
  return {
    look: async (pids) => {
      const found = new Map<number, ProcessSight>();
      for (const pid of pids) {
        const seen = sight(pid);
        if (seen) found.set(pid, seen);
      }
      return found;
    },
    usage: async () => readUsage(),
  };
}

function readUsage(): ReadonlyMap<number, GroupUsage> {
  const groups = new Map<number, GroupUsage>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = readStat(Number(entry));
    if (!stat) continue;
    const usage = { cpuMs: stat.cpuTicks * MS_PER_TICK, memoryBytes: stat.residentPages * PAGE_BYTES };
    addUsage(groups, stat.group, usage);
  }
  return groups;
}

/** proc(5): the command's name, in brackets, may hold anything, brackets and spaces too; fields count from after it. */
function readStat(pid: number): Stat | null {
  const text = readText(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (index: number): number => Number(fields[index] ?? 0);
  return {
    state: fields[0] ?? 'X',
    group: number(2),
    cpuTicks: number(11) + number(12),
    startTicks: fields[19] ?? '0',
    residentPages: number(21),
  };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
