import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { MAX_REPLICAS, PLACEMENTS } from '../../lib/ring/types.ts';
import { environmentName, FLAGS, type FlagName } from './flags.ts';
import * as value from './values.ts';

const token = z
  .string()
  .regex(/^[\x21-\x7e]{8,}$/, 'must be 8 or more visible ASCII characters')
  .optional();

const schema = z.object({
  host: z.string().regex(/^[A-Za-z0-9_.:-]+$/, 'must be an address or a host name'),
  port: value.count(0, 65_535),
  workers: value.count(1, 256),
  via: z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z:-]+$/, 'must be a name or HOST:PORT')
    .optional(),
  'trusted-proxies': value.networks,
  'tls-cert': value.list,
  'tls-key': value.list,
  'tls-port': value.count(0, 65_535),
  http2: z.enum(['on', 'off']),
  runtime: z.enum(['auto', 'process', 'docker', 'static']),
  replicas: value.count(0, MAX_REPLICAS),
  upstreams: value.addresses.refine((given) => given.length <= MAX_REPLICAS, `may be ${MAX_REPLICAS} at most`),
  image: z.string().min(1).optional(),
  'image-port': value.count(1, 65_535),
  command: z.string().min(1).optional(),
  env: value.environment,
  standby: z.enum(['on', 'off', 'auto']),
  'health-path': value.httpPath,
  'health-interval': value.timeMs(20),
  'health-timeout': value.timeMs(20),
  'health-rise': value.count(1, 1_000),
  'health-fall': value.count(1, 1_000),
  'start-timeout': value.timeMs(100),
  'replace-after': value.timeMs(0),
  'eject-after': value.count(1, 1_000_000),
  'eject-time': value.timeMs(100),
  key: value.routingKey,
  placement: z.enum(PLACEMENTS),
  'slot-function': z.enum(['murmur3', 'classic']).optional(),
  'hash-balance-factor': value
    .count(0, 10_000)
    .refine((percent) => percent === 0 || percent > 100, 'must be more than 100, or 0'),
  'contract-errors': z.enum(['on', 'off', 'auto']),
  'max-attempts': value.count(1, 10),
  'retry-ratio': value.ratio(1),
  'connect-timeout': value.timeMs(10),
  'response-timeout': value.timeMs(0),
  'body-idle-timeout': value.timeMs(0),
  'header-timeout': value.timeMs(100),
  'keep-alive-timeout': value.timeMs(100),
  'max-header-bytes': value.sizeBytes(1024),
  'max-header-count': value.count(10, 10_000),
  'max-target-bytes': value.sizeBytes(256),
  'max-body-bytes': value.sizeBytes(0),
  'max-connections': value.count(0, 1_000_000),
  'max-connections-per-client': value.count(0, 1_000_000),
  'max-requests-per-connection': value.count(0, 1_000_000_000),
  'min-bytes-per-second': value.count(0, 1_000_000_000),
  'max-upstream-connections': value.count(0, 1_000_000),
  'queue-timeout': value.timeMs(0),
  'docker-network': z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'must be a Docker network name'),
  'docker-memory': value.sizeBytes(0),
  'docker-cpus': value.ratio(1024),
  'admin-token': token,
  'viewer-token': token,
  'admin-open': z.boolean(),
  'allowed-hosts': value.list,
  'alert-webhook': value.httpUrls,
  'alert-webhook-secret': z.string().min(8, 'must be 8 characters or more').optional(),
  'webhook-changes': z.enum(['on', 'off']),
  'panel-url': value.httpUrl.optional(),
  state: z.string().min(1).optional(),
  runs: z.string().min(1).optional(),
  'on-exit': z.enum(['remove', 'keep']),
  'drain-timeout': value.timeMs(0),
  'stop-grace': value.timeMs(0),
  'log-level': z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  'log-format': z.enum(['text', 'json']),
} satisfies Partial<Record<FlagName, z.ZodType>>);

/** Every flag's value, parsed. Times in ms, sizes in bytes. */
export type Flags = Readonly<z.output<typeof schema>>;

export type ConfigResult =
  | { readonly kind: 'config'; readonly flags: Flags; readonly keyText: string; readonly ignored: readonly string[] }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Never shown, not even when they are wrong. */
const SECRET: ReadonlySet<string> = new Set(['admin-token', 'viewer-token', 'alert-webhook', 'alert-webhook-secret']);

type Raw = Record<string, string | boolean | string[] | undefined>;

/** Fallbacks that are words for people, not values. */
const IN_WORDS: Partial<Record<FlagName, string | undefined>> = {
  workers: String(Math.max(1, Math.floor(availableParallelism() / 2))),
  image: undefined,
  command: undefined,
  'slot-function': undefined,
  via: undefined,
  'admin-token': undefined,
  'viewer-token': undefined,
  'alert-webhook-secret': undefined,
  'panel-url': undefined,
  state: undefined,
  runs: undefined,
};

function fallbackOf(flag: (typeof FLAGS)[number]): Raw[string] {
  if (flag.value === null) return false;
  if ('repeats' in flag) return [];
  return flag.name in IN_WORDS ? IN_WORDS[flag.name] : flag.fallback;
}

function readSwitch(text: string): boolean | undefined {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  return /^(0|false|no|off)$/i.test(text) ? false : undefined;
}

function readEnvironment(env: NodeJS.ProcessEnv, problems: string[]): Raw {
  const found: Raw = {};
  for (const flag of FLAGS) {
    const name = environmentName(flag.name);
    const text = env[name] ?? '';
    if (text === '') continue;
    if (flag.value !== null) found[flag.name] = 'repeats' in flag ? text.split(',') : text;
    else found[flag.name] = readSwitch(text);
    if (found[flag.name] === undefined) problems.push(`${name}: must be 1 or 0`);
  }
  return found;
}

/** Variables that look like settings and are none: a typing error, or another program's business. */
function unknownVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const known = new Set(FLAGS.map((flag) => environmentName(flag.name)));
  return Object.keys(env).filter((name) => name.startsWith('RINGMASTER_') && !known.has(name));
}

function readArguments(args: readonly string[], problems: string[]): Raw {
  const options = Object.fromEntries(
    FLAGS.map((flag) => {
      const type: 'boolean' | 'string' = flag.value === null ? 'boolean' : 'string';
      return [flag.name, { type, multiple: 'repeats' in flag }];
    }),
  );
  const parsed = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of parsed.tokens) {
    if (token.kind === 'positional') problems.push(`'${token.value}': flags begin with --`);
    if (token.kind === 'option') problems.push(...tokenProblems(token));
  }
  return parsed.values as Raw;
}

function tokenProblems(token: { name: string; rawName: string; value: string | undefined }): readonly string[] {
  const flag = FLAGS.find((other) => other.name === token.name);
  if (flag === undefined) return [`${token.rawName}: there is no such flag`];
  if (flag.value === null && token.value !== undefined) return [`${token.rawName}: takes no value`];
  return flag.value !== null && token.value === undefined ? [`${token.rawName}: needs a value`] : [];
}

function conflicts(flags: Flags): readonly string[] {
  const { runtime, upstreams, image, command } = flags;
  const sources = [
    { flag: '--upstreams', given: upstreams.length > 0, runtime: 'static' },
    { flag: '--image', given: image !== undefined, runtime: 'docker' },
    { flag: '--command', given: command !== undefined, runtime: 'process' },
  ].filter(({ given }) => given);
  const problems = sources
    .filter((source) => runtime !== 'auto' && runtime !== source.runtime)
    .map((source) => `${source.flag}: needs --runtime ${source.runtime}`);
  if (sources.length > 1) problems.push(`${sources.map(({ flag }) => flag).join(' and ')}: give only one of them`);
  if (runtime === 'static' && upstreams.length === 0) problems.push('--runtime static: needs --upstreams');
  if (flags.standby === 'on' && (runtime === 'process' || sources.some((source) => source.runtime !== 'docker'))) {
    problems.push('--standby on: needs replicas in Docker');
  }
  if (flags['admin-open'] && flags['admin-token'] !== undefined) {
    problems.push('--admin-open and --admin-token: give only one of them');
  }
  return [...problems, ...tlsConflicts(flags)];
}

function tlsConflicts(flags: Flags): readonly string[] {
  const certificates = flags['tls-cert'].length;
  const keys = flags['tls-key'].length;
  if (certificates !== keys) return [`--tls-cert and --tls-key: go in pairs (given: ${certificates} and ${keys})`];
  const isSame = certificates > 0 && flags['tls-port'] === flags.port && flags.port !== 0;
  return isSame ? [`--tls-port: must differ from --port (given: ${flags.port})`] : [];
}

/** Reads flags and environment; names every problem at once. */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv): ConfigResult {
  const problems: string[] = [];
  const fallbacks = Object.fromEntries(FLAGS.map((flag) => [flag.name, fallbackOf(flag)]));
  const given = readArguments(args, problems);
  const raw: Raw = { ...fallbacks, ...readEnvironment(env, problems), ...given };
  if (raw['help'] === true) return { kind: 'help' };
  if (raw['version'] === true) return { kind: 'version' };
  if (problems.length > 0) return { kind: 'problems', problems: [...problems, ...schemaProblems(raw, given)] };
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { kind: 'problems', problems: schemaProblems(raw, given) };
  const clashes = conflicts(parsed.data);
  if (clashes.length > 0) return { kind: 'problems', problems: clashes };
  return { kind: 'config', flags: parsed.data, keyText: String(raw['key']), ignored: unknownVariables(env) };
}

function schemaProblems(raw: Raw, given: Raw): readonly string[] {
  const issues = schema.safeParse(raw).error?.issues ?? [];
  return issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const shown = SECRET.has(name) ? '' : ` (given: ${String(raw[name])})`;
    return `${name in given ? `--${name}` : environmentName(name)}: ${issue.message}${shown}`;
  });
}
