import { type ExperimentKind, FAULTS } from '#lib/lab/experiment.ts';
import { METHODS } from '#lib/lab/load.ts';

/** One value that a run can be given. */
export interface Field {
  readonly name: string;
  readonly word: string;
  readonly kind: 'number' | 'text' | 'lines' | 'choice';
  readonly initial: string;
  /** Of a choice. */
  readonly choices?: readonly string[];
  readonly hint?: string;
  /** Shown only when this says so. */
  readonly when?: (values: Values) => boolean;
}

export type Values = Readonly<Record<string, string>>;

const PATTERNS = ['none', 'random', 'sequential', 'uniform', 'zipf'];

function number(name: string, word: string, initial: number | '', hint?: string): Field {
  return { name, word, kind: 'number', initial: String(initial), ...(hint === undefined ? {} : { hint }) };
}

const KEYS: readonly Field[] = [
  {
    name: 'pattern',
    word: 'Keys',
    kind: 'choice',
    choices: PATTERNS,
    initial: 'none',
    hint: 'Used only where the balancer routes by key',
  },
  { ...number('keyCount', 'How many keys', 1000), when: ({ pattern }) => pattern === 'uniform' || pattern === 'zipf' },
  { ...number('exponent', 'Exponent', 1.1), when: ({ pattern }) => pattern === 'zipf' },
];

const SPREAD: readonly Field[] = [number('requests', 'Requests', 10_000), number('clients', 'Clients at a time', 100)];

const FAULT: readonly Field[] = [
  { name: 'fault', word: 'Fault', kind: 'choice', choices: FAULTS, initial: 'kill' },
  number('perSecond', 'Requests a second', 500),
  number('repeat', 'Rounds', 1),
  number('everyMs', 'Pause between rounds, ms', 0),
  number('maxLost', 'Claim: lost at most', '', 'Empty: none, or for “all” what it takes'),
  number('backWithinMs', 'Claim: back within, ms', '', 'Empty: what is usual for the fault'),
];

const isRate = ({ pace }: Values): boolean => pace === 'rate';

export const FIELDS: Readonly<Record<ExperimentKind, readonly Field[]>> = {
  a1: [number('replicas', 'Replicas', 3), ...SPREAD, ...KEYS],
  a2: [number('from', 'From N', 2), number('to', 'To N', 6), ...SPREAD, ...KEYS],
  a3: FAULT,
  a4: [
    number('requests', 'Requests', 10_000),
    {
      name: 'measure',
      word: 'Measure too',
      kind: 'choice',
      choices: ['yes', 'no'],
      initial: 'yes',
      hint: 'Starts a balancer for each placement; takes a minute',
    },
    { name: 'request', word: 'Your own H(i)', kind: 'text', initial: '', hint: 'Such as 5i + 3' },
    { name: 'virtualNode', word: 'Your own Φ(i, j)', kind: 'text', initial: '', hint: 'Such as 57i + 31j' },
    { name: 'probing', word: 'Taken slots', kind: 'choice', choices: ['linear', 'quadratic'], initial: 'linear' },
  ],
  kill: FAULT,
  load: [
    { name: 'pace', word: 'Pace', kind: 'choice', choices: ['clients', 'rate'], initial: 'clients' },
    { ...number('clients', 'Clients at a time', 50), when: (values) => !isRate(values) },
    { ...number('thinkMs', 'Pause of a client, ms', 0), when: (values) => !isRate(values) },
    { ...number('perSecond', 'Requests a second', 500), when: isRate },
    number('requests', 'Requests', 10_000, 'Empty: until the time is over'),
    number('seconds', 'Seconds', '', 'Empty: until all are sent'),
    ...KEYS,
    {
      name: 'keyPlace',
      word: 'Key goes into',
      kind: 'choice',
      choices: ['header', 'query', 'path'],
      initial: 'header',
      when: ({ pattern }) => pattern !== 'none',
    },
    {
      name: 'keyName',
      word: 'Its name there',
      kind: 'text',
      initial: 'X-Key',
      when: ({ pattern, keyPlace }) => pattern !== 'none' && keyPlace !== 'path',
    },
    {
      name: 'method',
      word: 'Method',
      kind: 'choice',
      choices: METHODS,
      initial: 'GET',
    },
    { name: 'path', word: 'Path', kind: 'text', initial: '/home' },
    { name: 'headers', word: 'Headers', kind: 'lines', initial: '', hint: 'One per line, Name: value' },
    {
      name: 'body',
      word: 'Body',
      kind: 'lines',
      initial: '',
      when: ({ method }) => method !== 'GET' && method !== 'HEAD',
    },
  ],
};

export function initialValues(kind: ExperimentKind): Values {
  return Object.fromEntries(FIELDS[kind].map(({ name, initial }) => [name, initial]));
}
