import { parseArgs } from 'node:util';
import { nearest, UsageError } from './usage-error.ts';

/** An option of a command: `--name VALUE`, or a switch. */
export interface Option {
  readonly name: string;
  /** What the value looks like; null for a switch. */
  readonly value: string | null;
  readonly help: string;
  /** One letter. */
  readonly short?: string;
  /** All there are, for the shell to complete. */
  readonly choices?: readonly string[];
  /** May be given several times. */
  readonly repeats?: true;
}

/** What every command takes. */
export const COMMON: readonly Option[] = [
  { name: 'url', value: 'URL', help: 'where the balancer listens (BALANCER_URL; http://127.0.0.1:5000)' },
  { name: 'token', value: 'TOKEN', help: 'for changes, where it asks for one (RINGMASTER_ADMIN_TOKEN)' },
  { name: 'json', value: null, help: 'JSON for programs' },
  { name: 'help', value: null, short: 'h', help: 'show this' },
];

/** What was typed, parsed. */
export class Given {
  readonly words: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(words: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.words = words;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The same without an option. */
  without(name: string): Given {
    return new Given(this.words, new Map([...this.#values].filter(([other]) => other !== name)));
  }

  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** Whole and not negative. */
  whole(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw new UsageError(`--${name} takes a whole number, not '${text}'`);
  }

  wholes(name: string): number[] | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^\d+(,\d+)*$/.test(text)) return text.split(',').map(Number);
    throw new UsageError(`--${name} takes whole numbers with commas between them, not '${text}'`);
  }

  /** `250ms`, `10s`, `2m`, `1h`, `1d`; ms without a unit. */
  timeMs(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text);
    if (!match) throw new UsageError(`--${name} takes a time such as 250ms, 10s, 2m or 1h, not '${text}'`);
    const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] ?? 'ms'] ?? 1;
    return Math.round(Number(match[1]) * factor);
  }
}

/** Reads what was typed after the command. Throws UsageError. */
export function readOptions(args: readonly string[], options: readonly Option[]): Given {
  const known = Object.fromEntries(
    options.map(({ name, value, short }) => [
      name,
      {
        type: value === null ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(short ? { short } : {}),
      },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.find((one) => one.name === token.name);
    if (!option) throw unknownOption(token.rawName, options);
    values.set(option.name, [...(values.get(option.name) ?? []), textOf(option, token.value)]);
  }
  return new Given(words, values);
}

function textOf(option: Option, value: string | undefined): string {
  if (option.value === null && value !== undefined) throw new UsageError(`--${option.name} takes no value`);
  if (option.value !== null && value === undefined)
    throw new UsageError(`--${option.name} needs a value: ${option.value}`);
  return value ?? '';
}

function unknownOption(typed: string, options: readonly Option[]): UsageError {
  const near = nearest(
    typed,
    options.map((option) => `--${option.name}`),
  );
  return new UsageError(`there is no option ${typed}${near ? `; did you mean ${near}?` : ''}`);
}
