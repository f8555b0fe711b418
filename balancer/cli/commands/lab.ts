import { EXPERIMENT_TITLES } from '../../../lib/lab/experiment.ts';
import type { Schedule } from '../../../lib/lab/schedule.ts';
import type { Command } from '../command.ts';
import { connect } from '../connection.ts';
import { EXPERIMENT_OPTIONS, experimentOf, KILL_OPTIONS, killOf, LOAD_OPTIONS, loadOf } from '../request-options.ts';
import { runText } from '../run-text.ts';
import { saveRun } from '../save-run.ts';
import type { Screen } from '../terminal/screen.ts';
import type { Style } from '../terminal/style.ts';
import { clipped, textTable } from '../terminal/text-table.ts';
import { UsageError } from '../usage-error.ts';
import { CONDUCT_OPTIONS, conduct, RUN_OPTIONS } from './run.ts';

const EXPERIMENTS = ['a1', 'a2', 'a3', 'a4'];

export const experiment: Command = {
  name: 'experiment',
  summary: 'run A-1, A-2, A-3 or A-4',
  operands: EXPERIMENTS.join('|'),
  options: [...EXPERIMENT_OPTIONS, ...CONDUCT_OPTIONS],
  notes: [
    'a1  requests on each replica',
    'a2  load as the fleet grows',
    'a3  every endpoint, and a replica that dies',
    'a4  other hash functions, evenness and movement',
  ],
  run: (given, terminal) => {
    const [kind, ...more] = given.words;
    if (kind === undefined || more.length > 0 || !EXPERIMENTS.includes(kind.toLowerCase())) {
      throw new UsageError(`which experiment? ringmaster experiment ${EXPERIMENTS.join('|')}`);
    }
    return conduct(experimentOf(kind.toLowerCase(), given), given, terminal);
  },
};

export const load: Command = {
  name: 'load',
  summary: 'send requests to the balancer, and see who answers how fast',
  operands: '',
  options: [...LOAD_OPTIONS, ...CONDUCT_OPTIONS],
  run: (given, terminal) => conduct(loadOf(given), given, terminal),
};

export const killDemo: Command = {
  name: 'demo:kill',
  summary: 'kill a replica under load, with a stopwatch and a claim',
  operands: '',
  options: [...KILL_OPTIONS, ...CONDUCT_OPTIONS],
  run: (given, terminal) => conduct(killOf(given), given, terminal),
};

export const runs: Command = {
  name: 'runs',
  summary: 'runs that were kept; with an ID, what that one found',
  operands: '[ID]',
  options: RUN_OPTIONS,
  run: async (given, { screen, environment, signal }) => {
    const { lab } = connect(given, environment);
    const [id] = given.words;
    if (id !== undefined) {
      const run = await lab.run(id, signal);
      screen.print(given.has('json') ? `${JSON.stringify(run)}\n` : runText(run, screen));
      await saveRun(run, given, screen);
      return 0;
    }
    const heads = await lab.runs(signal);
    const rows = heads.map((head) => [head.id, head.status, head.summary]);
    screen.print(given.has('json') ? `${JSON.stringify(heads)}\n` : runsText(rows, screen));
    return 0;
  },
};

/** What was found is cut where it does not fit. */
function runsText(rows: readonly (readonly string[])[], { style, width }: Screen): string {
  const lines = textTable(['run', 'status', 'found'], rows, style).trimEnd().split('\n');
  return `${lines.map((line) => clipped(line, width)).join('\n')}\n`;
}

export const schedules: Command = {
  name: 'schedules',
  summary: 'what the balancer runs every so often, and how it went',
  operands: '',
  options: [{ name: 'remove', value: 'ID', help: 'run it no more' }],
  notes: ['ringmaster demo:kill --schedule 1h   makes one'],
  run: async (given, { screen, environment, signal }) => {
    const { lab } = connect(given, environment);
    const removed = given.text('remove');
    if (removed !== undefined) await lab.unschedule(removed, signal);
    const list = await lab.schedules(signal);
    screen.print(given.has('json') ? `${JSON.stringify(list)}\n` : schedulesText(list, screen.style));
    return 0;
  },
};

function schedulesText(list: readonly Schedule[], style: Style): string {
  if (list.length === 0) return 'nothing is scheduled\n';
  const rows = list.map(({ id, request, everyMs, nextAt, runs: done, passed, lastRun }) => [
    id,
    EXPERIMENT_TITLES[request.kind],
    `${everyMs / 1000} s`,
    new Date(nextAt).toISOString().slice(11, 19),
    `${passed} of ${done}`,
    lastRun ?? '–',
  ]);
  return textTable(['schedule', 'what', 'every', 'next, UTC', 'went well', 'latest run'], rows, style);
}
