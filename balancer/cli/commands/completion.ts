import type { Command } from '../command.ts';
import { COMMON, type Option } from '../options.ts';
import { UsageError } from '../usage-error.ts';

/** Completion scripts are made from the commands themselves, so that they never lag behind. */
export function completionFor(commands: () => readonly Command[]): Command {
  return {
    name: 'completion',
    summary: 'completion for your shell: source <(ringmaster completion bash)',
    operands: 'bash|zsh|fish',
    options: [],
    run: async (given, { screen }) => {
      const [shell] = given.words;
      const script = shell === undefined ? undefined : SCRIPTS[shell];
      if (!script) throw new UsageError('which shell? ringmaster completion bash|zsh|fish');
      screen.print(script(commands()));
      return 0;
    },
  };
}

const SCRIPTS: Readonly<Record<string, (commands: readonly Command[]) => string>> = { bash, zsh, fish };

function optionNames({ options }: Command): string[] {
  return [...options, ...COMMON].map((option) => `--${option.name}`);
}

/** Words that may follow: alternatives in the operands, such as `a1|a2`. */
function operandWords({ operands }: Command): string[] {
  return operands.includes('|') ? operands.split('|') : [];
}

/** Options that take one of a few values, and those. */
function choicesOf({ options }: Command): readonly (readonly [string, readonly string[]])[] {
  return options.flatMap(({ name, choices }) => (choices ? [[`--${name}`, choices] as const] : []));
}

function bash(commands: readonly Command[]): string {
  const cases = commands.map(
    (command) => `    ${command.name}) words="${[...operandWords(command), ...optionNames(command)].join(' ')}" ;;`,
  );
  const values = new Map(commands.flatMap(choicesOf));
  const valueCases = [...values].map(([option, choices]) => `    ${option}) words="${choices.join(' ')}" ;;`);
  // Bash parts words at colons: demo:kill comes as three.
  return `_ringmaster() {
  local words command="\${COMP_WORDS[1]}" current="\${COMP_WORDS[COMP_CWORD]}"
  [ "\${COMP_WORDS[2]}" = ":" ] && command="\${COMP_WORDS[1]}:\${COMP_WORDS[3]}"
  [ "$current" = ":" ] && current=""
  case "$command" in
${cases.join('\n')}
  esac
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${valueCases.join('\n')}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${commands.map((command) => command.name).join(' ')}"
  [ "\${COMP_WORDS[2]}" = ":" ] && [ "$COMP_CWORD" -le 3 ] && words="${afterColon(commands)}"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _ringmaster ringmaster
`;
}

/** What may follow `demo:`. */
function afterColon(commands: readonly Command[]): string {
  return commands.flatMap(({ name }) => name.split(':').slice(1)).join(' ');
}

function zsh(commands: readonly Command[]): string {
  const names = commands.map((command) => `    '${command.name.replace(':', '\\:')}:${quoted(command.summary)}'`);
  const cases = commands.map(
    (command) => `    ${command.name}) compadd -- ${[...operandWords(command), ...optionNames(command)].join(' ')} ;;`,
  );
  const values = [...new Map(commands.flatMap(choicesOf))].map(
    ([option, choices]) => `    ${option}) compadd -- ${choices.join(' ')}; return ;;`,
  );
  return [
    '#compdef ringmaster',
    '_ringmaster() {',
    '  local -a commands=(',
    ...names,
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  case "$words[CURRENT-1]" in',
    ...values,
    '  esac',
    '  case "$words[2]" in',
    ...cases,
    '  esac',
    '}',
    'compdef _ringmaster ringmaster',
    '',
  ].join('\n');
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => {
    const inside = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const options = [...command.options, ...COMMON].map(
      (option) => `complete -c ringmaster ${inside} -l ${option.name}${valueFlag(option)} -d '${quoted(option.help)}'`,
    );
    const words = operandWords(command);
    return [
      `complete -c ringmaster -f -n __fish_use_subcommand -a ${command.name} -d '${quoted(command.summary)}'`,
      ...(words.length > 0 ? [`complete -c ringmaster ${inside} -a '${words.join(' ')}'`] : []),
      ...options,
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** -r: needs a value; -x: needs one of these. */
function valueFlag({ value, choices }: Option): string {
  if (choices) return ` -x -a '${choices.join(' ')}'`;
  return value === null ? '' : ' -r';
}

function quoted(words: string): string {
  return words.replaceAll("'", '’');
}
