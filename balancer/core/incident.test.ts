import { expect, test } from 'vitest';
import { openIncident, recordStep } from './incident.ts';

const counters = { requests: 100, retried: 5, lost: 1 };
const start = { id: 'b-1', replica: 'S1', seat: 1, cause: 'killed', now: 1_000, wallTime: 99 };

test('steps are timed from the start, once, and counters are differences', () => {
  let incident = openIncident({ ...start, before: counters, counters });
  incident = recordStep(incident, 'noticedMs', 1_012.34, { requests: 110, retried: 6, lost: 1 });
  incident = recordStep(incident, 'noticedMs', 9_999, { requests: 120, retried: 7, lost: 1 });
  incident = recordStep(incident, 'servingMs', 1_500, { requests: 130, retried: 8, lost: 2 });
  expect(incident.view).toEqual({
    id: 'b-1',
    replica: 'S1',
    cause: 'killed',
    at: 99,
    noticedMs: 12.3,
    outOfRotationMs: null,
    newInstanceMs: null,
    servingMs: 500,
    firstRequestMs: null,
    requests: 30,
    retried: 3,
    lost: 1,
  });
});

test('a request that was under way when it began and is lost is one of its requests', () => {
  const { view } = openIncident({ ...start, before: counters, counters: { requests: 151, retried: 6, lost: 53 } });
  expect(view).toMatchObject({ requests: 52, lost: 52 });
});

test('what failed before anybody noticed counts from the beginning', () => {
  const { view } = openIncident({ ...start, before: counters, counters: { requests: 170, retried: 65, lost: 1 } });
  expect(view).toMatchObject({ requests: 70, retried: 60, lost: 0 });
});
