import { createLabClient } from '../../../lib/client/lab-client.ts';
import { EXPERIMENT_TITLES, type ExperimentRequest } from '../../../lib/lab/experiment.ts';
import { KILL_STEPS } from '../../../lib/lab/kill-steps.ts';
import type { Run, RunProgress, Stopwatch } from '../../../lib/lab/run.ts';
import { type ScheduleRequest, scheduleRequest } from '../../../lib/lab/schedule.ts';
import { startOwnBalancer } from '../../lab/own-balancer.ts';
import type { Terminal } from '../command.ts';
import { type Connection, connect, isAbsent } from '../connection.ts';
import type { Given, Option } from '../options.ts';
import { runText } from '../run-text.ts';
import { saveRun } from '../save-run.ts';
import { bar } from '../terminal/text-bars.ts';
import { UsageError } from '../usage-error.ts';

/** Where runs are kept when no balancer is there to keep them: where `npm start` keeps them too. */
const RUNS_FOLDER = '.ringmaster/runs';

export const RUN_OPTIONS: readonly Option[] = [
  { name: 'report', value: 'FILE', help: 'also save a report: one HTML file that needs nothing else' },
  { name: 'export', value: 'DIR', help: 'also save every chart as SVG and every table as CSV' },
];

export const CONDUCT_OPTIONS: readonly Option[] = [
  ...RUN_OPTIONS,
  { name: 'schedule', value: 'TIME', help: 'not now, but every so often, by the balancer itself (see schedules)' },
];

/** Runs something on the balancer, or on one of its own if none is there, and shows what came out. */
export async function conduct(request: ExperimentRequest, given: Given, terminal: Terminal): Promise<number> {
  const connection = connect(given, terminal.environment);
  const everyMs = given.timeMs('schedule');
  if (everyMs !== undefined) return plan(connection, scheduleOf(request, everyMs), given, terminal);
  const wanted = given.has('url') || terminal.environment['BALANCER_URL'] !== undefined;
  try {
    return await conductOn(connection, request, given, terminal);
  } catch (error) {
    if (wanted || !isAbsent(error)) throw error;
  }
  terminal.screen.note('no balancer is running: starting one for this …\n');
  const options = { placement: 'balanced' as const, replicas: 3, key: 'request', runs: RUNS_FOLDER };
  const own = await startOwnBalancer(options, terminal.signal);
  try {
    const lab = createLabClient({ baseUrl: own.origin, actor: 'terminal' });
    return await conductOn({ url: own.origin, client: own.client, lab }, request, given, terminal);
  } finally {
    await own.stop();
  }
}

function scheduleOf(request: ExperimentRequest, everyMs: number): ScheduleRequest {
  const parsed = scheduleRequest.safeParse({ request, everyMs });
  if (parsed.success) return parsed.data;
  throw new UsageError(`--schedule: ${parsed.error.issues[0]?.message}`);
}

/** Only a balancer that goes on running can do that. */
async function plan(
  { lab }: Connection,
  request: ScheduleRequest,
  given: Given,
  { screen }: Terminal,
): Promise<number> {
  const added = await lab.schedule(request);
  const when = new Date(added.nextAt).toISOString().slice(0, 19).replace('T', ' ');
  const words = `${added.id}: ${EXPERIMENT_TITLES[request.request.kind]}, first at ${when} UTC\n`;
  screen.print(given.has('json') ? `${JSON.stringify(added)}\n` : words);
  return 0;
}

async function conductOn(
  { lab }: Connection,
  request: ExperimentRequest,
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const { screen, signal } = terminal;
  const { id } = await lab.start(request);
  const cancel = (): void => void lab.cancel(id).catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  // Not the terminal's signal: the end of what is cancelled is still to be heard.
  for await (const message of lab.watch(id, new AbortController().signal)) {
    if (message.type === 'progress') screen.redraw(progressText(request, message.data));
  }
  signal.removeEventListener('abort', cancel);
  screen.redraw('');
  const run = await lab.run(id);
  screen.print(given.has('json') ? `${JSON.stringify(run)}\n` : runText(run, screen));
  if (!given.has('json'))
    screen.note(screen.style.faint(`kept: ringmaster runs ${id}, in the panel /experiments/${id}\n`));
  await saveRun(run, given, screen);
  return exitCode(run);
}

/** `S1 kill 340 ms · noticed 94 · out of rotation 114 · …` */
function stopwatchText({ target, fault, sinceMs, ...steps }: Stopwatch): string {
  const taken = KILL_STEPS.flatMap(([name, key]) => (steps[key] === null ? [] : [`${name} ${Math.round(steps[key])}`]));
  return [`${target} ${fault} ${Math.round(sinceMs)} ms`, ...taken].join(' · ');
}

function exitCode(run: Run): number {
  return run.status === 'done' && run.pass !== false ? 0 : 1;
}

function progressText(request: ExperimentRequest, progress: RunProgress): string {
  const drawn = bar(progress.ratio, 1, 20).padEnd(20, '·');
  const { frame } = progress;
  const traffic = progress.requests > 0 ? `${progress.requests} requests, ${progress.failed} lost` : '';
  const latency = frame?.p99Ms ? `p99 ${frame.p99Ms.toFixed(1)} ms` : '';
  const first = [EXPERIMENT_TITLES[request.kind], progress.step, traffic, latency].filter(Boolean).join(' · ');
  return [`${drawn} ${first}`, ...(progress.stopwatch ? [stopwatchText(progress.stopwatch)] : [])].join('\n');
}
