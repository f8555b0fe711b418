import type { z } from 'zod';
import { type ExperimentKind, type ExperimentRequest, experimentRequest } from '#lib/lab/experiment.ts';
import type { Values } from './fields.ts';

export type Reading =
  | { readonly ok: true; readonly request: ExperimentRequest }
  /** What is wrong, by the name of its field; `''` for the whole. */
  | { readonly ok: false; readonly problems: ReadonlyMap<string, string> };

/** Turns what was typed into a request. */
export function readRequest(kind: ExperimentKind, values: Values): Reading {
  const fields = kind === 'load' ? { kind, load: loadFields(values) } : { kind, ...experimentFields(kind, values) };
  const parsed = experimentRequest.safeParse(JSON.parse(JSON.stringify(fields)));
  if (parsed.success) return { ok: true, request: parsed.data };
  const problems = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    const name = issue.path.findLast((part) => typeof part === 'string' && part in values);
    problems.set(name === undefined ? '' : String(name), problemOf(issue));
  }
  return { ok: false, problems };
}

/** What somebody typed is never "a string" to them. */
function problemOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && issue.expected === 'number' ? 'A number is wanted here.' : issue.message;
}

function experimentFields(kind: Exclude<ExperimentKind, 'load'>, values: Values): object {
  const numbers = [
    'replicas',
    'requests',
    'clients',
    'from',
    'to',
    'perSecond',
    'repeat',
    'everyMs',
    'maxLost',
    'backWithinMs',
  ];
  const read = Object.fromEntries(numbers.map((name) => [name, numberOf(values[name])]));
  const keys = kind === 'a1' || kind === 'a2' ? { keys: keysOf(values) } : {};
  const schemes = kind === 'a4' ? { measure: values['measure'] !== 'no', custom: customOf(values) } : {};
  const fault = kind === 'a3' || kind === 'kill' ? { fault: values['fault'] } : {};
  return { ...read, ...keys, ...schemes, ...fault };
}

function customOf({ request = '', virtualNode = '', probing }: Values): object[] {
  return request.trim() === '' && virtualNode.trim() === '' ? [] : [{ request, virtualNode, probing }];
}

function loadFields(values: Values): object {
  const { pace, keyPlace, keyName, method, path } = values;
  const seconds = numberOf(values['seconds']);
  return {
    method,
    path,
    pace:
      pace === 'rate'
        ? { kind: 'rate', perSecond: numberOf(values['perSecond']) }
        : { kind: 'concurrency', clients: numberOf(values['clients']), thinkMs: numberOf(values['thinkMs']) },
    requests: numberOf(values['requests']) ?? null,
    durationMs: typeof seconds === 'number' ? seconds * 1000 : null,
    headers: headersOf(values['headers'] ?? ''),
    body: method === 'GET' || method === 'HEAD' ? null : values['body'] || null,
    keys: keysOf(values),
    keyPlace: keyPlace === 'path' ? { kind: 'path' } : { kind: keyPlace, name: keyName },
  };
}

/** A line without a colon stays whole, for the schema to refuse. */
function headersOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

function keysOf({ pattern, keyCount, exponent }: Values): object {
  return { kind: pattern, keys: numberOf(keyCount), exponent: numberOf(exponent) };
}

/** Undefined for an empty field; what is no number stays a text, for the schema to refuse. */
function numberOf(text: string | undefined): number | string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}
