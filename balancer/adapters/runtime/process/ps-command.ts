import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { addUsage, type GroupUsage, type ProcessSight, type ProcessTable } from './process-table.ts';

/** For systems without /proc: `ps` as POSIX has it. */
export function psProcessTable(): ProcessTable {
  return {
    look: async (pids) => {
      if (pids.length === 0) return new Map();
      return new Map(parseSights(await ps(['-p', pids.join(','), '-o', 'pid=,stat=,lstart='])));
    },
    usage: async () => parseUsage(await ps(['-A', '-o', 'pgid=,rss=,time='])),
  };
}

async function ps(args: readonly string[]): Promise<string> {
  const options = { env: { ...process.env, LC_ALL: 'C' }, timeout: 5000, maxBuffer: 1 << 22 };
  // `ps` ends with 1 when it found none of the processes.
  return promisify(execFile)('ps', [...args], options).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function parseSights(output: string): readonly (readonly [number, ProcessSight])[] {
  return output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (!match?.[1] || !match[2] || !match[3] || match[2].startsWith('Z')) return [];
    return [[Number(match[1]), { identity: match[3], paused: match[2].startsWith('T') }] as const];
  });
}

function parseUsage(output: string): ReadonlyMap<number, GroupUsage> {
  const groups = new Map<number, GroupUsage>();
  for (const line of output.split('\n')) {
    const [group, kibibytes, time] = line.trim().split(/\s+/);
    if (!group || !kibibytes || !time) continue;
    addUsage(groups, Number(group), { cpuMs: parseTime(time), memoryBytes: Number(kibibytes) * 1024 });
  }
  return groups;
}

/** `[[days-]hours:]minutes:seconds[.hundredths]` in ms. */
function parseTime(text: string): number {
  const [days, rest] = text.includes('-') ? text.split('-') : ['0', text];
  const seconds = (rest ?? '0').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}
