import type { Command, Terminal } from './command.ts';
import { actions } from './commands/act.ts';
import { add, rm } from './commands/change-fleet.ts';
import { completionFor } from './commands/completion.ts';
import { experiment, killDemo, load, runs, schedules } from './commands/lab.ts';
import { logs } from './commands/logs.ts';
import { key, ring } from './commands/ring.ts';
import { simulate } from './commands/simulate.ts';
import { status } from './commands/status.ts';
import { up } from './commands/up.ts';
import { connect, explain } from './connection.ts';
import { commandHelp, generalHelp } from './help.ts';
import { COMMON, Given, readOptions } from './options.ts';
import { nearest, UsageError } from './usage-error.ts';

const COMMANDS: readonly Command[] = [
  up,
  status,
  add,
  rm,
  ...actions,
  logs,
  ring,
  key,
  experiment,
  simulate,
  load,
  killDemo,
  runs,
  schedules,
  completionFor(() => COMMANDS),
];

/** Runs what was typed. Resolves with the exit code: 0 well, 1 not, 2 typed wrongly. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  const { screen } = terminal;
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const command = COMMANDS.find((other) => other.name === rest[0]);
    screen.print(command ? commandHelp(command) : generalHelp(COMMANDS));
    return 0;
  }
  const command = COMMANDS.find((other) => other.name === name);
  if (!command) {
    screen.note(`ringmaster: there is no command '${name}'${suggestion(name)}; ringmaster --help lists them\n`);
    return 2;
  }
  return runCommand(command, rest, terminal);
}

function suggestion(name: string): string {
  const near = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  return near ? `; did you mean '${near}'?` : '';
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  const { screen, environment, signal } = terminal;
  let given = new Given([], new Map());
  try {
    if (!command.raw) given = readOptions(args, [...command.options, ...COMMON]);
    if (given.has('help')) {
      screen.print(commandHelp(command));
      return 0;
    }
    return await command.run(given, terminal, args);
  } catch (error) {
    if (signal.aborted) return 130;
    screen.settle();
    if (error instanceof UsageError) {
      screen.note(`ringmaster ${command.name}: ${error.message}\n`);
      return 2;
    }
    screen.note(`ringmaster ${command.name}: ${explain(error, connect(given, environment).url)}\n`);
    return 1;
  }
}
