import type { SeatPolicy } from '../control/seat-parts.ts';
import type { OutlierPolicy } from '../core/outlier.ts';
import type { Flags } from './config.ts';

const MAX_EJECTION_MS = 30_000;

/** How replicas are watched, replaced and let go. */
export function seatPolicy(flags: Flags): SeatPolicy {
  return {
    health: {
      intervalMs: flags['health-interval'],
      timeoutMs: flags['health-timeout'],
      rise: flags['health-rise'],
      fall: flags['health-fall'],
    },
    startTimeoutMs: flags['start-timeout'],
    replaceAfterMs: flags['replace-after'],
    stopGraceMs: flags['stop-grace'],
    drainTimeoutMs: flags['drain-timeout'],
    standby: flags.standby === 'on' || (flags.standby === 'auto' && flags.image === undefined),
  };
}

export function outlierPolicy(flags: Flags): OutlierPolicy {
  const baseMs = flags['eject-time'];
  return { consecutiveErrors: flags['eject-after'], baseMs, maxMs: Math.max(baseMs, MAX_EJECTION_MS) };
}
