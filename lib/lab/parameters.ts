import { backWithin, type ExperimentRequest, mostLost } from './experiment.ts';
import { formatKeyPattern } from './key-pattern.ts';
import type { LoadSpec } from './load.ts';
import type { Run } from './run.ts';
import { schemeLabel } from './scheme.ts';
import type { Table } from './table.ts';

type Row = readonly [string, string];

/** Everything needed to run it again, and where it was run. */
export function parametersOf({ request, environment }: Run): Table {
  const given = request.kind === 'load' ? loadRows(request.load) : experimentRows(request);
  const where = Object.entries(environment ?? {}).map(
    ([name, value]): Row =>
      name === 'memoryBytes' ? ['memory', gibibytes(Number(value))] : [spaced(name), String(value)],
  );
  return { columns: ['parameter', 'value'], rows: [...given, ...where] };
}

function experimentRows(request: Exclude<ExperimentRequest, { kind: 'load' }>): Row[] {
  const { kind: _, ...parameters } = request;
  const rows = Object.entries(parameters).flatMap(([name, value]): Row[] =>
    typeof value === 'object' ? [] : [[spaced(name), String(value)]],
  );
  if ('keys' in request) rows.push(['keys', formatKeyPattern(request.keys)]);
  if (request.kind === 'a4') rows.push(...schemeRows(request));
  if ('fault' in request) rows.push(...claimRows(request));
  return rows;
}

function schemeRows(request: Extract<ExperimentRequest, { kind: 'a4' }>): Row[] {
  const { counts, measuredCounts, schemes, custom } = request;
  const own = custom.map((pair) => schemeLabel({ kind: 'custom', ...pair }));
  return [
    ['counts', counts.join(', ')],
    ['measured counts', measuredCounts.join(', ')],
    ['schemes', schemes ? schemes.map(schemeLabel).join('; ') : 'all'],
    ...own.map((label): Row => ['custom', label]),
  ];
}

/** What is claimed when nothing was said. */
function claimRows(request: Extract<ExperimentRequest, { kind: 'kill' | 'a3' }>): Row[] {
  const rows: Row[] = [];
  if (request.maxLost === undefined) rows.push(['max lost', String(mostLost(request) ?? 'any')]);
  if (request.backWithinMs === undefined) rows.push(['back within ms', String(backWithin(request))]);
  return rows;
}

function loadRows({
  method,
  path,
  pace,
  keys,
  keyPlace,
  requests,
  durationMs,
  headers,
  body,
  ...more
}: LoadSpec): Row[] {
  const place = keyPlace.kind === 'path' ? 'path' : `${keyPlace.kind}:${keyPlace.name}`;
  return [
    ['request', `${method} ${path}`],
    ...Object.entries(headers).map(([name, value]): Row => ['header', `${name}: ${value}`]),
    ...(body === null ? [] : [['body', body] as const]),
    ['pace', paceText(pace)],
    ['ends after', endText(requests, durationMs)],
    ['keys', keys.kind === 'none' ? 'none' : `${formatKeyPattern(keys)} in ${place}`],
    ...Object.entries(more).map(([name, value]): Row => [spaced(name), String(value)]),
  ];
}

function paceText(pace: LoadSpec['pace']): string {
  if (pace.kind === 'rate') return `${pace.perSecond} requests a second, at most ${pace.connections} at a time`;
  return `${pace.clients} clients${pace.thinkMs > 0 ? `, ${pace.thinkMs} ms between answer and request` : ''}`;
}

function endText(requests: number | null, durationMs: number | null): string {
  const parts = [
    ...(requests === null ? [] : [`${requests} requests`]),
    ...(durationMs === null ? [] : [`${durationMs / 1000} s`]),
  ];
  return parts.join(' or ');
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/** `backWithinMs` → `back within ms`. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
