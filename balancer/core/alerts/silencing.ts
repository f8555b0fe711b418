import type { AlertView, Silence } from '../../../lib/api/alerts.ts';

type Target = Pick<AlertView, 'replica'> & { readonly rule: { readonly id: string } };

function covers(silence: Silence, { rule, replica }: Target): boolean {
  return (
    (silence.ruleId === null || silence.ruleId === rule.id) && (silence.replica === null || silence.replica === replica)
  );
}

/** Until when an alert is told to nobody, by the silence that lasts longest; null when it is. `now` is wall time, ms. */
export function silencedUntil(alert: Target, silences: readonly Silence[], now: number): number | null {
  const ends = silences.filter((silence) => silence.until > now && covers(silence, alert)).map(({ until }) => until);
  return ends.length === 0 ? null : Math.max(...ends);
}
