import type { z } from 'zod';
import { type ExperimentRequest, experimentRequest, FAULTS } from '../../lib/lab/experiment.ts';
import { parseKeyPattern } from '../../lib/lab/key-pattern.ts';
import { METHODS } from '../../lib/lab/load.ts';
import type { Given, Option } from './options.ts';
import { UsageError } from './usage-error.ts';

const REQUESTS: Option = { name: 'requests', value: 'N', help: 'requests (10000)' };
const CLIENTS: Option = { name: 'clients', value: 'N', help: 'clients at a time (100)' };
const KEYS: Option = {
  name: 'keys',
  value: 'PATTERN',
  choices: ['none', 'random', 'sequential', 'uniform:1000', 'zipf:1000:1.1'],
  help: 'none, random, sequential, uniform:K or zipf:K:EXPONENT; says something where the balancer has a --key',
};
const PATH: Option = { name: 'path', value: 'PATH', help: 'what is asked for (/home)' };
const SEED: Option = { name: 'seed', value: 'N', help: 'of everything random (1)' };
const SIMULATED: Option = { name: 'simulated', value: 'N', help: 'requests of the simulation beside it (1000000)' };

export const KILL_OPTIONS: readonly Option[] = [
  { name: 'fault', value: 'KIND', choices: FAULTS, help: `${FAULTS.join(', ')} (kill)` },
  { name: 'rate', value: 'N', help: 'requests a second while it lasts (500)' },
  { name: 'repeat', value: 'N', help: 'rounds (1)' },
  { name: 'every', value: 'TIME', help: 'between rounds' },
  { name: 'max-lost', value: 'N', help: 'claim: no more requests lost (0; with all: any)' },
  {
    name: 'back-within',
    value: 'TIME',
    help: 'claim: all replicas serving again (1s for kill, 6s for hang, 2s for all and flap)',
  },
  PATH,
];

export const EXPERIMENT_OPTIONS: readonly Option[] = [
  { name: 'replicas', value: 'N', help: 'A-1: size of the fleet (3)' },
  { name: 'from', value: 'N', help: 'A-2: smallest fleet (2)' },
  { name: 'to', value: 'N', help: 'A-2: largest fleet (6)' },
  REQUESTS,
  CLIENTS,
  KEYS,
  SIMULATED,
  SEED,
  { name: 'counts', value: 'N,N,…', help: 'A-4: sizes that are simulated (2 to 10, 16, 24, 32, 48, 56)' },
  { name: 'measured', value: 'N,N,…', help: 'A-4: sizes that are measured too (2 to 6)' },
  { name: 'no-measure', value: null, help: 'A-4: simulate only' },
  {
    name: 'custom',
    value: 'H;PHI[;PROBING]',
    repeats: true,
    help: "A-4: functions of your own: --custom '5i+3;57i+31j;quadratic'",
  },
  ...KILL_OPTIONS,
];

export const LOAD_OPTIONS: readonly Option[] = [
  REQUESTS,
  { name: 'duration', value: 'TIME', help: 'ends after this time' },
  CLIENTS,
  { name: 'think', value: 'TIME', help: 'pause of a client between answer and request' },
  { name: 'rate', value: 'N', help: 'requests a second, instead of clients' },
  { name: 'connections', value: 'N', help: 'with --rate: at most so many at a time (64)' },
  KEYS,
  { name: 'key-in', value: 'PLACE', help: 'path, query:NAME or header:NAME (header:X-Key)' },
  { name: 'method', value: 'METHOD', choices: METHODS, help: `${METHODS.join(', ')} (GET)` },
  PATH,
  { name: 'header', value: 'NAME: VALUE', repeats: true, help: 'a header of each request; may be repeated' },
  { name: 'body', value: 'TEXT', help: 'body of each request' },
  { name: 'timeout', value: 'TIME', help: 'a request without a whole answer by then is lost (10s)' },
  SEED,
];

/** What are asked for. Throws UsageError. */
export function experimentOf(kind: string, given: Given): ExperimentRequest {
  const custom = given.texts('custom').map(readPair);
  return parse({
    kind,
    replicas: given.whole('replicas'),
    from: given.whole('from'),
    to: given.whole('to'),
    requests: given.whole('requests'),
    clients: given.whole('clients'),
    keys: readKeys(given),
    simulated: given.whole('simulated'),
    seed: given.whole('seed'),
    counts: given.wholes('counts'),
    measuredCounts: given.wholes('measured'),
    measure: given.has('no-measure') ? false : undefined,
    custom: custom.length > 0 ? custom : undefined,
    ...killFields(given),
  });
}

export function killOf(given: Given): ExperimentRequest {
  return parse({ kind: 'kill', ...killFields(given) });
}

function killFields(given: Given) {
  return {
    fault: given.text('fault'),
    perSecond: given.whole('rate'),
    repeat: given.whole('repeat'),
    everyMs: given.timeMs('every'),
    maxLost: given.whole('max-lost'),
    backWithinMs: given.timeMs('back-within'),
    path: given.text('path'),
  };
}

export function loadOf(given: Given): ExperimentRequest {
  const perSecond = given.whole('rate');
  const durationMs = given.timeMs('duration');
  const pace =
    perSecond === undefined
      ? { kind: 'concurrency', clients: given.whole('clients') ?? 100, thinkMs: given.timeMs('think') }
      : { kind: 'rate', perSecond, connections: given.whole('connections') };
  const load = {
    pace,
    durationMs,
    // A time that was given is the end, unless a number was given as well.
    requests: given.whole('requests') ?? (durationMs === undefined ? undefined : null),
    keys: readKeys(given),
    keyPlace: readPlace(given.text('key-in')),
    method: given.text('method')?.toUpperCase(),
    path: given.text('path'),
    headers: readHeaders(given),
    body: given.text('body'),
    timeoutMs: given.timeMs('timeout'),
    seed: given.whole('seed'),
  };
  return parse({ kind: 'load', load });
}

function readKeys(given: Given) {
  const text = given.text('keys');
  if (text === undefined) return undefined;
  const pattern = parseKeyPattern(text);
  if (pattern) return pattern;
  throw new UsageError(`--keys takes none, random, sequential, uniform:K or zipf:K:EXPONENT, not '${text}'`);
}

function readHeaders(given: Given) {
  const texts = given.texts('header');
  if (texts.length === 0) return undefined;
  return Object.fromEntries(texts.map(readHeader));
}

function readHeader(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError(`--header takes 'NAME: VALUE', not '${text}'`);
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function readPlace(text: string | undefined) {
  if (text === undefined) return undefined;
  const [kind, name] = text.split(':');
  return name === undefined ? { kind } : { kind, name };
}

function readPair(text: string) {
  const [request = '', virtualNode, probing] = text.split(';').map((part) => part.trim());
  if (virtualNode === undefined) throw new UsageError(`--custom takes H and PHI with a ; between them, not '${text}'`);
  return { request, virtualNode, ...(probing ? { probing } : {}) };
}

/** The names that people typed, for the fields that they became. */
const TYPED: Readonly<Record<string, string>> = {
  perSecond: 'rate',
  everyMs: 'every',
  maxLost: 'max-lost',
  backWithinMs: 'back-within',
  durationMs: 'duration',
  thinkMs: 'think',
  timeoutMs: 'timeout',
  headers: 'header',
  keyPlace: 'key-in',
  measuredCounts: 'measured',
};

function parse(fields: object): ExperimentRequest {
  const parsed = experimentRequest.safeParse(JSON.parse(JSON.stringify(fields)));
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues.map(issueText).join('; '));
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  const names = path.filter((part) => typeof part === 'string' && !['load', 'pace', 'kind'].includes(part)).map(String);
  const [name] = names;
  return name === undefined ? message : `--${TYPED[name] ?? name}: ${message}`;
}
