import type { ProbeResult } from './ports.ts';

/** How active health checks are read. Times in ms. */
export interface HealthPolicy {
  /** Between two probes of a healthy replica; default 500. */
  readonly intervalMs: number;
  /**
   * A probe without an answer in this time has failed; default 2250. Longer than 2 s, so that a replica that is slow by
   * 2 s is not taken for hung; with the interval under 3 s, so that a hung one is noticed in that time.
   */
  readonly timeoutMs: number;
  /** Passes in a row that bring a failed replica back; default 2. A new instance needs one. */
  readonly rise: number;
  /** Failures in a row that take a replica out; default 3. */
  readonly fall: number;
}

/** What the probes so far say of one instance. */
export interface Health {
  readonly standing: 'unproven' | 'good' | 'bad';
  /** In a row. */
  readonly passes: number;
  /** In a row. */
  readonly failures: number;
  /** Of the latest failure; null after a pass. */
  readonly reason: string | null;
  /** The latest failures were silence: nothing came back at all. */
  readonly silent: boolean;
}

export const UNPROVEN: Health = { standing: 'unproven', passes: 0, failures: 0, reason: null, silent: false };

/** An adopted instance is trusted until a probe says otherwise: it was serving a moment ago. */
export const TRUSTED: Health = { ...UNPROVEN, standing: 'good' };

export function observePass(health: Health, policy: HealthPolicy): Health {
  const passes = health.passes + 1;
  const needed = health.standing === 'bad' ? policy.rise : 1;
  return {
    standing: passes >= needed ? 'good' : health.standing,
    passes,
    failures: 0,
    reason: passes >= needed ? null : health.reason,
    silent: false,
  };
}

export interface Failure {
  readonly reason: string;
  readonly silent: boolean;
  /** Failures it stands for: a silent probe speaks for the later ones that are still without an answer. */
  readonly weight: number;
}

export function observeFailure(health: Health, failure: Failure, policy: HealthPolicy): Health {
  const failures = health.failures + failure.weight;
  const falls = health.standing === 'good' && failures >= policy.fall;
  return {
    standing: falls ? 'bad' : health.standing,
    passes: 0,
    failures,
    reason: failure.reason,
    silent: failure.silent,
  };
}

/** True when nothing came back within the time allowed, as opposed to a refusal or a wrong answer. */
export function isSilence(result: ProbeResult, policy: HealthPolicy): boolean {
  return !result.ok && result.durationMs >= policy.timeoutMs * 0.95;
}

/** A failure that is the balancer's own: it ran out of file descriptors, and knows nothing of the replica. */
export function isOwnFault(reason: string): boolean {
  return /EMFILE|ENFILE|ENOBUFS|EADDRNOTAVAIL/.test(reason);
}

const EAGER_MS = 15;
const WORRIED_MS = 100;

/**
 * ms to wait after a probe's answer. New instances are asked every 15 ms at first, for each of them is time without N;
 * failing ones every 100 ms, so that both their fall and their return are quick; those that stay bad at the normal pace.
 */
export function probeDelayMs(health: Health, probes: number, policy: HealthPolicy): number {
  if (health.standing === 'unproven') return Math.min(policy.intervalMs, probes < 100 ? EAGER_MS : WORRIED_MS);
  if (health.failures === 0 && health.standing === 'good') return policy.intervalMs;
  return health.failures > 100 ? policy.intervalMs : Math.min(policy.intervalMs, WORRIED_MS);
}
