import type { LifecycleEvent } from '#lib/api/events.ts';
import type { Tone } from '../_replicas/status.ts';

/** Worst first. */
export const SEVERITIES = [
  'critical',
  'warning',
  'good',
  'info',
] as const satisfies readonly LifecycleEvent['severity'][];

export const SEVERITY_TONES: Readonly<Record<LifecycleEvent['severity'], Tone>> = {
  info: 'neutral',
  good: 'good',
  warning: 'warning',
  critical: 'critical',
};
