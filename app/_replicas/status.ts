import type { ReplicaStatus } from '#lib/api/state.ts';

export type Tone = 'good' | 'warning' | 'critical' | 'neutral';
export type Shape = 'disc' | 'triangle' | 'square' | 'circle' | 'bars';

/** How a status is said: never by colour alone. */
export interface StatusLook {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
}

export const STATUS_LOOKS: Readonly<Record<ReplicaStatus, StatusLook>> = {
  starting: { word: 'starting', shape: 'circle', tone: 'neutral' },
  serving: { word: 'serving', shape: 'disc', tone: 'good' },
  degraded: { word: 'degraded', shape: 'triangle', tone: 'warning' },
  ejected: { word: 'ejected', shape: 'triangle', tone: 'warning' },
  draining: { word: 'draining', shape: 'triangle', tone: 'warning' },
  paused: { word: 'paused', shape: 'bars', tone: 'warning' },
  down: { word: 'down', shape: 'square', tone: 'critical' },
  replacing: { word: 'replacing', shape: 'square', tone: 'critical' },
  'crash-looping': { word: 'crash-looping', shape: 'square', tone: 'critical' },
};

/** Whether it asks for somebody's eye; what only starts does not. */
export function isTrouble(status: ReplicaStatus): boolean {
  const { tone } = STATUS_LOOKS[status];
  return tone === 'warning' || tone === 'critical';
}

/** Worst first: how a list of replicas is ordered when trouble is what counts. */
const TONE_RANK: Readonly<Record<Tone, number>> = { critical: 0, warning: 1, neutral: 2, good: 3 };

export function troubleRank(status: ReplicaStatus): number {
  return TONE_RANK[STATUS_LOOKS[status].tone];
}
