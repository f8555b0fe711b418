import { isIP } from 'node:net';
import { z } from 'zod';
import type { Address } from '../core/ports.ts';
import type { RoutingKey } from '../core/traffic.ts';

const TIME_UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const SIZE_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
/** What a timer takes at most: 24.8 days. */
const MAX_TIME_MS = 2 ** 31 - 1;

function scaled(text: string, units: Readonly<Record<string, number>>): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text);
  return Number(match?.[1] ?? Number.NaN) * (units[match?.[2]?.toLowerCase() ?? ''] ?? Number.NaN);
}

export const count = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

export const ratio = (max: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, `must be a number from 0 to ${max}`)
    .transform(Number)
    .refine((value) => value <= max, `must be a number from 0 to ${max}`);

export const timeMs = (min: number) =>
  z
    .string()
    .transform((text) => Math.round(scaled(text, TIME_UNITS)))
    .refine((ms) => ms >= min && ms <= MAX_TIME_MS, `must be a time such as 500ms, 2s or 1m, at least ${min} ms`);

export const sizeBytes = (min: number) =>
  z
    .string()
    .transform((text) => Math.round(scaled(text, SIZE_UNITS)))
    .refine((bytes) => bytes >= min && bytes <= Number.MAX_SAFE_INTEGER, `must be a size such as 64k, at least ${min}`);

export const list = z.array(z.string()).transform((values) =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== ''),
);

function parseAddress(text: string): Address | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9_.-]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port < 1 || port > 65_535 || (match?.[1] !== undefined && isIP(host) !== 6)) return null;
  return { host, port };
}

export const addresses = list.transform((values, context) => {
  const parsed = values.map((value) => ({ value, address: parseAddress(value) }));
  const wrong = parsed.filter(({ address }) => address === null).map(({ value }) => value);
  if (wrong.length > 0) {
    context.addIssue({ code: 'custom', message: `must be HOST:PORT, and these are not: ${wrong.join(', ')}` });
  }
  return parsed.flatMap(({ address }) => address ?? []);
});

export const networks = list.refine(
  (values) =>
    values.every((value) => {
      const [address = '', bits, ...rest] = value.split('/');
      const version = isIP(address);
      const inRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
      return version !== 0 && inRange && rest.length === 0;
    }),
  'must be addresses or CIDR blocks such as 10.0.0.0/8',
);

export const environment = z.array(z.string()).transform((values, context): Readonly<Record<string, string>> => {
  const wrong = values.filter((value) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(value));
  if (wrong.length > 0)
    context.addIssue({ code: 'custom', message: `must be K=V, and these are not: ${wrong.join(' ')}` });
  return Object.fromEntries(
    values.map((value) => [value.slice(0, value.indexOf('=')), value.slice(value.indexOf('=') + 1)]),
  );
});

export const routingKey = z.string().transform((text, context): RoutingKey => {
  if (text === 'request' || text === 'ip' || text === 'path') return { kind: text };
  const [, kind, name] = /^(header|cookie|query):([!#$%&'*+.^_`|~0-9A-Za-z-]+)$/.exec(text) ?? [];
  if ((kind === 'header' || kind === 'cookie' || kind === 'query') && name !== undefined) return { kind, name };
  context.addIssue({ code: 'custom', message: 'must be request, ip, path, header:NAME, cookie:NAME or query:NAME' });
  return { kind: 'request' };
});

export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'may hold no user name or password');

export const httpUrls = list.pipe(z.array(httpUrl));

export const httpPath = z.string().regex(/^\/[\x21-\x7e]*$/, 'must be a path that starts with /');
