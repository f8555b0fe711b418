import { expect, test } from 'vitest';
import { accessPolicy } from './access-policy.ts';
import { type Flags, readConfig } from './config.ts';
import { FLAGS } from './flags.ts';
import { helpText } from './help.ts';
import { trafficOptions } from './traffic-options.ts';

function read(args: readonly string[], env: NodeJS.ProcessEnv = {} as NodeJS.ProcessEnv): Flags {
  const result = readConfig(args, env);
  if (result.kind !== 'config') throw new Error(JSON.stringify(result));
  return result.flags;
}

function problems(args: readonly string[], env: Record<string, string> = {}): readonly string[] {
  const result = readConfig(args, env as NodeJS.ProcessEnv);
  return result.kind === 'problems' ? result.problems : [];
}

test('without flags it is three replicas on loopback port 5000', () => {
  expect(read([])).toMatchObject({
    host: '127.0.0.1',
    port: 5000,
    replicas: 3,
    runtime: 'auto',
    key: { kind: 'request' },
  });
});

test('times, sizes, lists, keys and addresses are parsed', () => {
  const flags = read([
    '--health-interval=2s',
    '--response-timeout',
    '1m',
    '--max-header-bytes',
    '32k',
    '--upstreams',
    'a:1,[::1]:2',
    '--upstreams',
    'b:3',
    '--key',
    'cookie:sid',
    '--trusted-proxies',
    '10.0.0.0/8, ::1',
  ]);
  expect(flags).toMatchObject({
    'health-interval': 2_000,
    'response-timeout': 60_000,
    'max-header-bytes': 32_768,
    upstreams: [
      { host: 'a', port: 1 },
      { host: '::1', port: 2 },
      { host: 'b', port: 3 },
    ],
    key: { kind: 'cookie', name: 'sid' },
    'trusted-proxies': ['10.0.0.0/8', '::1'],
  });
});

test('the environment of replicas may hold commas and equals signs', () => {
  expect(read(['--env', 'A=1,2', '--env', 'B=x=y']).env).toEqual({ A: '1,2', B: 'x=y' });
});

test('every flag is a variable too, and a flag wins over its variable', () => {
  const env = {
    RINGMASTER_PORT: '6000',
    RINGMASTER_REPLICAS: '7',
    RINGMASTER_ADMIN_OPEN: '1',
    RINGMASTER_ENV: 'A=1,B=2',
  };
  expect(read(['--port', '7000'], env as unknown as NodeJS.ProcessEnv)).toMatchObject({
    port: 7000,
    replicas: 7,
    'admin-open': true,
    env: { A: '1', B: '2' },
  });
});

test('unknown variables are named, and are no problem', () => {
  const result = readConfig([], { RINGMASTER_URL: 'x' } as unknown as NodeJS.ProcessEnv);
  expect(result).toMatchObject({ kind: 'config', ignored: ['RINGMASTER_URL'] });
});

test.each([
  [['--port', '70000'], '--port: must be a whole number from 0 to 65535 (given: 70000)'],
  [['--replicas', '57'], '--replicas: must be a whole number from 0 to 56 (given: 57)'],
  [
    ['--health-interval', 'soon'],
    '--health-interval: must be a time such as 500ms, 2s or 1m, at least 20 ms (given: soon)',
  ],
  [['--upstreams', 'a'], '--upstreams: must be HOST:PORT, and these are not: a (given: a)'],
  [['--key', 'header:'], '--key: must be request, ip, path, header:NAME, cookie:NAME or query:NAME (given: header:)'],
  [['--hash-balance-factor', '90'], '--hash-balance-factor: must be more than 100, or 0 (given: 90)'],
  [['--env', 'novalue'], '--env: must be K=V, and these are not: novalue (given: novalue)'],
  [['--health-path', 'x'], '--health-path: must be a path that starts with / (given: x)'],
  [['--admin-token', 'short'], '--admin-token: must be 8 or more visible ASCII characters'],
  [['--nope'], '--nope: there is no such flag'],
  [['--port'], '--port: needs a value'],
  [['--admin-open=yes'], '--admin-open: takes no value'],
  [['loose'], "'loose': flags begin with --"],
  [['--image', 'x', '--command', 'y'], '--image and --command: give only one of them'],
  [['--runtime', 'static'], '--runtime static: needs --upstreams'],
  [['--runtime', 'process', '--image', 'x'], '--image: needs --runtime docker'],
  [['--admin-open', '--admin-token', 'long-enough'], '--admin-open and --admin-token: give only one of them'],
])('%j: %s', (args, problem) => {
  expect(problems(args)).toContain(problem);
});

test('all problems are reported at once, and a variable is named as one', () => {
  const found = problems(['--port', 'x', '--wat'], { RINGMASTER_REPLICAS: '-1' });
  expect(found).toHaveLength(3);
  expect(found.join()).toContain('RINGMASTER_REPLICAS: must be a whole number');
});

test('a token is never shown', () => {
  expect(problems(['--admin-token', 'abc']).join()).not.toContain('abc');
});

test('the help names every flag and its default', () => {
  const help = helpText();
  for (const { name } of FLAGS) expect(help).toContain(`--${name}`);
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test.each([
  [[], true],
  [['--image', 'x'], false],
  [['--command', 'x'], false],
  [['--upstreams', 'a:1'], false],
  [['--image', 'x', '--contract-errors', 'on'], true],
  [['--contract-errors', 'off'], false],
])('flags %j: the contract’s 404 rewrite is %s', (args, on) => {
  expect(trafficOptions(read(args), '/s').contractErrors).toBe(on);
});

test('classic placement brings the classic slot function, unless told otherwise', () => {
  expect(trafficOptions(read(['--placement', 'classic-linear']), '/s').slotFunction).toBe('classic');
  const flags = read(['--placement', 'classic-linear', '--slot-function', 'murmur3']);
  expect(trafficOptions(flags, '/s').slotFunction).toBe('murmur3');
});

test.each([
  [[], 'open'],
  [['--host', '::1'], 'open'],
  [['--host', '0.0.0.0'], 'closed'],
  [['--host', '0.0.0.0', '--admin-open'], 'open'],
  [['--host', '0.0.0.0', '--admin-token', 'long-enough'], 'token'],
  [['--admin-token', 'long-enough'], 'token'],
])('flags %j: changes are %s', (args, kind) => {
  expect(accessPolicy(read(args)).changes.kind).toBe(kind);
});
