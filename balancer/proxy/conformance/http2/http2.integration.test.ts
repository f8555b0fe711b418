import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRingmaster } from '../ringmaster-target.ts';
import { type Step, wait } from '../steps.ts';
import type { Target } from '../target.ts';
import { HTTP2_CONNECTION_CASES } from './corpus/connections.ts';
import { HTTP2_REQUEST_CASES } from './corpus/requests.ts';
import { runHttp2Case } from './run-http2-case.ts';

const CASES = [...HTTP2_REQUEST_CASES, ...HTTP2_CONNECTION_CASES];
/** Long enough for the first piece to be read on its own. */
const BETWEEN_PIECES_MS = 3;

let target: Target;
beforeAll(async () => {
  target = await startRingmaster();
});
afterAll(() => target.stop());

test('the corpus holds at least 150 conversations, each under an id of its own', () => {
  expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
  expect(CASES.length).toBeGreaterThanOrEqual(150);
});

test.each(CASES)('$id: $about', async (row) => {
  expect(await runHttp2Case(target, row)).toBeNull();
});

describe('cut in two at every byte', () => {
  const rows = CASES.filter(({ id }) => ['h2-valid/post-length', 'h2-value/crlf', 'h2-path/request'].includes(id));
  test.each(rows)('$id', async (row) => {
    const [first = ''] = row.steps;
    if (typeof first !== 'string') throw new Error('the case begins with bytes');
    for (let at = 1; at < first.length; at += first.length > 200 ? 3 : 1) {
      const steps: Step[] = [first.slice(0, at), wait(BETWEEN_PIECES_MS), first.slice(at)];
      expect(await runHttp2Case(target, row, steps), `cut at ${at}`).toBeNull();
    }
  });
});
