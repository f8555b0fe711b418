import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Contender } from './contender.ts';
import { OTHER_CORES, pinned } from './processes.ts';

export interface Load {
  readonly name: string;
  readonly path: string;
  readonly connections: number;
  /** Sent with each request when not 0. */
  readonly postBytes: number;
  readonly fields?: Readonly<Record<string, string>>;
  readonly hasZipfKeys?: boolean;
}

export interface Round {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** User and kernel time of the proxy's processes, us for each request. */
  readonly userUs: number;
  readonly systemUs: number;
  readonly errors: number;
  readonly rssMb: number;
}

/** `getconf CLK_TCK` is 100 on every Linux of today. */
const TICKS_PER_SECOND = 100;

function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  const direct = readdirSync(tasks).flatMap((task) =>
    readFileSync(`${tasks}/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

export interface Usage {
  readonly userTicks: number;
  readonly systemTicks: number;
  readonly rssMb: number;
}

/** What a process and its children have used so far. */
export function usageOf(pid: number): Usage {
  let usage: Usage = { userTicks: 0, systemTicks: 0, rssMb: 0 };
  for (const one of [pid, ...childrenOf(pid)]) {
    const stat = readFileSync(`/proc/${one}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    usage = {
      userTicks: usage.userTicks + Number(fields[11]),
      systemTicks: usage.systemTicks + Number(fields[12]),
      rssMb: usage.rssMb + (Number(fields[21]) * 4096) / 1e6,
    };
  }
  return usage;
}

const DONE_SCRIPT = `done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %f %f %d\\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`;

function run(command: string, args: readonly string[]): Promise<string> {
  const [program, all] = pinned(OTHER_CORES, command, args);
  const child = spawn(program, all, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
  });
  return new Promise((resolve) => child.on('close', () => resolve(output)));
}

/** Requests whose X-User follows Zipf's law (s = 1): the k-th of 2,000 users is asked for 1/k as often as the first. */
const ZIPF_SCRIPT = `math.randomseed(1)
local sums, whole = {}, 0
for i = 1, 2000 do whole = whole + 1 / i; sums[i] = whole end
request = function()
  local at, low, high = math.random() * whole, 1, 2000
  while low < high do
    local middle = math.floor((low + high) / 2)
    if sums[middle] < at then low = middle + 1 else high = middle end
  end
  return wrk.format(nil, nil, { ["X-User"] = "user-" .. low })
end
`;

/** The load as wrk's script. */
export function wrkScript({ postBytes, fields = {}, hasZipfKeys = false }: Load): string {
  const lines = Object.entries(fields).map(([name, value]) => `wrk.headers["${name}"] = "${value}"\n`);
  if (postBytes > 0) lines.push('wrk.method = "POST"\n', `wrk.body = string.rep("x", ${postBytes})\n`);
  return lines.join('') + (hasZipfKeys ? ZIPF_SCRIPT : '') + DONE_SCRIPT;
}

/** One round of wrk against one proxy; `script` is a file with `wrkScript` in it. */
export async function measure(contender: Contender, load: Load, script: string, seconds: number): Promise<Round> {
  const pid = contender.child.pid ?? 0;
  const before = usageOf(pid);
  const url = `http://127.0.0.1:${contender.port}${load.path}`;
  const output = await run('wrk', ['-t1', `-c${load.connections}`, `-d${seconds}s`, '-s', script, url]);
  const after = usageOf(pid);
  const [requests = 0, durationUs = 1, p50 = 0, p99 = 0, errors = 0] =
    /RESULT (.*)/.exec(output)?.[1]?.split(' ').map(Number) ?? [];
  const perRequest = (ticks: number) => (ticks / TICKS_PER_SECOND / Math.max(1, requests)) * 1e6;
  return {
    requestsPerSecond: (requests / durationUs) * 1e6,
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    userUs: perRequest(after.userTicks - before.userTicks),
    systemUs: perRequest(after.systemTicks - before.systemTicks),
    errors,
    rssMb: after.rssMb,
  };
}
