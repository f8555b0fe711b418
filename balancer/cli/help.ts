import type { Command } from './command.ts';
import { COMMON, type Option } from './options.ts';
import { wrapped } from './terminal/text-table.ts';

/** Of a terminal that nobody has made wider. */
const HELP_WIDTH = 80;

export function generalHelp(commands: readonly Command[]): string {
  const widest = Math.max(...commands.map((command) => command.name.length));
  return [
    'ringmaster COMMAND [OPTIONS]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(widest)}  ${command.summary}`),
    '',
    'Every command takes:',
    ...optionLines(COMMON),
    '',
  ].join('\n');
}

export function commandHelp(command: Command): string {
  const own = command.options.length > 0 ? ['', ...optionLines(command.options)] : [];
  const notes = command.notes ? ['', ...command.notes.map((line) => `  ${line}`)] : [];
  return [
    `ringmaster ${command.name} ${command.operands}`.trimEnd(),
    '',
    `  ${command.summary}`,
    ...notes,
    ...own,
    '',
    ...optionLines(COMMON),
    '',
  ].join('\n');
}

function optionLines(options: readonly Option[]): string[] {
  const heads = options.map(
    ({ name, value, short }) => `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`,
  );
  const widest = Math.max(...heads.map((head) => head.length));
  const indent = ' '.repeat(widest + 4);
  return options.map((option, at) =>
    wrapped(`  ${(heads[at] ?? '').padEnd(widest)}  ${option.help}`, HELP_WIDTH, indent),
  );
}
