import type { AlertRule } from '../../../lib/api/alert-rules.ts';

const base = { enabled: true, clearMs: 5_000 } as const;

/** What a balancer watches that nobody told anything. A kill that is mended within a second fires none of them. */
export const DEFAULT_RULES: readonly AlertRule[] = [
  {
    ...base,
    id: 'replica-down',
    name: 'Replica down',
    severity: 'critical',
    condition: { kind: 'replica-down' },
    forMs: 10_000,
  },
  {
    ...base,
    id: 'crash-loop',
    name: 'Crash loop',
    severity: 'critical',
    condition: { kind: 'crash-looping' },
    forMs: 0,
    clearMs: 30_000,
  },
  {
    ...base,
    id: 'too-few-serving',
    name: 'Too few serve',
    severity: 'warning',
    condition: { kind: 'too-few-serving', missing: 1 },
    forMs: 30_000,
  },
  {
    ...base,
    id: 'error-ratio',
    name: 'Many errors',
    severity: 'critical',
    condition: { kind: 'error-ratio', scope: 'fleet', overRatio: 0.05, windowMs: 60_000, minRequests: 20 },
    forMs: 10_000,
  },
  {
    ...base,
    id: 'replica-error-ratio',
    name: 'Many errors of one replica',
    severity: 'warning',
    condition: { kind: 'error-ratio', scope: 'replica', overRatio: 0.1, windowMs: 60_000, minRequests: 20 },
    forMs: 10_000,
  },
  {
    ...base,
    id: 'slow-answers',
    name: 'Slow answers',
    severity: 'warning',
    condition: { kind: 'slow-answers', scope: 'fleet', overMs: 1_000 },
    forMs: 30_000,
    clearMs: 15_000,
  },
  {
    ...base,
    id: 'requests-lost',
    name: 'Requests lost',
    severity: 'warning',
    condition: { kind: 'requests-lost', count: 1, windowMs: 60_000 },
    forMs: 0,
  },
  {
    ...base,
    id: 'slow-recovery',
    name: 'Slow recovery',
    severity: 'warning',
    condition: { kind: 'slow-recovery', overMs: 10_000 },
    forMs: 0,
  },
  {
    ...base,
    id: 'runtime-away',
    name: 'Runtime away',
    severity: 'critical',
    condition: { kind: 'runtime-away' },
    forMs: 10_000,
  },
];
