import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ANSWER_CASES } from './corpus/answers.ts';
import { REQUEST_CASES } from './corpus/requests.ts';
import { TRUSTED_CASES } from './corpus/trusted.ts';
import { VIA_ANSWERS, VIA_REQUESTS } from './corpus/via.ts';
import { HTTP2_CONNECTION_CASES } from './http2/corpus/connections.ts';
import { HTTP2_DEVIATIONS } from './http2/corpus/deviations.ts';
import { HTTP2_REQUEST_CASES } from './http2/corpus/requests.ts';
import { KNOWN_DEVIATIONS, KNOWN_DIFFERENCES } from './known-deviations.ts';

const HTTP2_CASES = [...HTTP2_REQUEST_CASES, ...HTTP2_CONNECTION_CASES];
const HTTP1_CASES = [...REQUEST_CASES, ...ANSWER_CASES, ...TRUSTED_CASES, ...VIA_REQUESTS, ...VIA_ANSWERS];
const IDS = [...HTTP1_CASES, ...HTTP2_CASES].map(({ id }) => id);
const KNOWN = [...KNOWN_DEVIATIONS.keys()].map((key) => key.slice(key.indexOf(' ') + 1));
const DEVIATING = new Set([...KNOWN, ...HTTP2_DEVIATIONS]);
const text = readFileSync(new URL('../../../docs/conformance.md', import.meta.url), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| .* \| (holds|deviates) \|$/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, requirement = '', rfc = '', cases = '', status = '']) => ({
    requirement,
    rfc,
    status,
    names: [...cases.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  }));

/** The cases that a name in the table stands for: one, or all that begin with it. */
function casesOf(name: string): readonly string[] {
  return /[/-]$/.test(name) ? IDS.filter((id) => id.startsWith(name)) : IDS.filter((id) => id === name);
}

describe('docs/conformance.md says what is so', () => {
  test('there are rows for every part of the specifications', () => {
    expect(rows.length).toBeGreaterThan(50);
  });

  test.each(rows)('$requirement', ({ names, rfc, status }) => {
    expect(rfc).toMatch(/^[0-9]{4} [0-9]/);
    expect(names.filter((name) => casesOf(name).length === 0)).toEqual([]);
    const deviating = names.flatMap(casesOf).filter((id) => DEVIATING.has(id));
    expect(deviating.length > 0 ? 'deviates' : 'holds').toBe(status);
  });

  test('every family of HTTP/2 cases has its row', () => {
    const named = rows.flatMap(({ names }) => names.flatMap(casesOf));
    expect(HTTP2_CASES.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual([]);
  });

  test('every known deviation and difference is named in it', () => {
    const named = (id: string) => text.includes(`\`${id}\``);
    expect([...KNOWN, ...KNOWN_DIFFERENCES].filter((id) => !named(id))).toEqual([]);
  });
});
