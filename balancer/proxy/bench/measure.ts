import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Contender, pinned } from './contender.ts';

export interface Load {
  readonly name: string;
  readonly path: string;
  readonly connections: number;
  /** Sent with each request when not 0. */
  readonly postBytes: number;
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
const OTHER_CORES = availableParallelism() > 1 ? `1-${availableParallelism() - 1}` : '0';

function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  const direct = readdirSync(tasks).flatMap((task) =>
    readFileSync(`${tasks}/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

interface Usage {
  readonly userTicks: number;
  readonly systemTicks: number;
  readonly rssMb: number;
}

/** What a process and its children have used so far. */
function usageOf(pid: number): Usage {
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

const WRK_SCRIPT = (bytes: number) =>
  bytes === 0
    ? ''
    : `wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/octet-stream"\nwrk.body = string.rep("x", ${bytes})\n`;
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

export function wrkScript(postBytes: number): string {
  return WRK_SCRIPT(postBytes) + DONE_SCRIPT;
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
