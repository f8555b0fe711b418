import type { AlertView } from '#lib/api/alerts.ts';
import type { Shape, Tone } from '../_replicas/status.ts';

/** How an alert is said: shape, word and colour. */
export interface AlertLook {
  readonly shape: Shape;
  readonly tone: Tone;
  readonly word: string;
}

/** A severity's shape; its colour is for what fires now. */
export const SEVERITY_SHAPES: Readonly<Record<AlertView['rule']['severity'], Shape>> = {
  critical: 'square',
  warning: 'triangle',
};

export function alertLook({ state, rule, silencedUntil }: AlertView): AlertLook {
  if (state === 'pending') return { shape: 'circle', tone: 'warning', word: 'pending' };
  if (state === 'resolved') return { shape: 'disc', tone: 'good', word: 'over' };
  if (silencedUntil !== null) return { shape: 'bars', tone: 'neutral', word: `${rule.severity}, silenced` };
  return { shape: SEVERITY_SHAPES[rule.severity], tone: rule.severity, word: rule.severity };
}

/** "Replica down · S2". */
export function alertTitle({ rule, replica }: Pick<AlertView, 'rule' | 'replica'>): string {
  return replica === null ? rule.name : `${rule.name} · ${replica}`;
}

/** Fires, and nobody has said that they know. */
export function isLoud({ state, silencedUntil, acknowledged }: AlertView): boolean {
  return state === 'firing' && silencedUntil === null && acknowledged === null;
}

export interface Presence {
  readonly tone: Tone;
  /** "1 critical", "2 known", "none". */
  readonly worst: string;
  /** What fires beside the worst, "2 warning"; empty when nothing does. */
  readonly others: string;
}

/** What fires, in the fewest words: only what nobody has acknowledged or silenced is loud. */
export function presenceOf(alerts: readonly AlertView[]): Presence {
  const firing = alerts.filter(({ state }) => state === 'firing');
  const loud = firing.filter(isLoud);
  const critical = loud.filter(({ rule }) => rule.severity === 'critical').length;
  const warning = loud.length - critical;
  const warnings = warning > 0 ? `${warning} warning` : '';
  if (critical > 0) return { tone: 'critical', worst: `${critical} critical`, others: warnings };
  if (warning > 0) return { tone: 'warning', worst: warnings, others: '' };
  return { tone: 'neutral', worst: firing.length > 0 ? `${firing.length} known` : 'none', others: '' };
}

const AROUND_MS = 120_000;

/** The charts around the alert, at the moment it began. */
export function momentLink({ startsAt, endedAt }: AlertView, now: number): string {
  const from = Math.round(startsAt - AROUND_MS);
  const to = Math.round(Math.min(now, endedAt ?? now) + AROUND_MS);
  return `/history?from=${from}&to=${to}&at=${Math.round(startsAt)}`;
}

const ENDINGS: Readonly<Record<NonNullable<AlertView['ending']>, string>> = {
  cleared: 'it is over',
  'replica-gone': 'the replica was removed',
  'rule-changed': 'the rule was changed',
  'rule-removed': 'the rule was removed',
  'rule-disabled': 'the rule was switched off',
};

export function endingWords(ending: AlertView['ending']): string {
  return ending === null ? '' : ENDINGS[ending];
}

/** What turned between two looks: fired aloud, or over. */
export function turnsBetween(
  before: readonly AlertView[],
  after: readonly AlertView[],
): { readonly fired: readonly AlertView[]; readonly over: readonly AlertView[] } {
  const was = new Map(before.map((alert) => [alert.id, alert]));
  const is = new Set(after.map(({ id }) => id));
  return {
    fired: after.filter((alert) => isLoud(alert) && was.get(alert.id)?.state !== 'firing'),
    over: before.filter((alert) => alert.state === 'firing' && alert.silencedUntil === null && !is.has(alert.id)),
  };
}
