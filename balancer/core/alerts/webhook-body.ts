import type { AlertView } from '../../../lib/api/alerts.ts';
import type { WebhookBody } from '../../../lib/api/webhooks.ts';

/** The alert's page, or the panel's without an alert; null when nobody said where the panel is. */
function linkOf(panelUrl: string | null, alertId: string | null): string | null {
  if (panelUrl === null) return null;
  const base = panelUrl.replace(/\/+$/, '');
  return alertId === null ? `${base}/alerts` : `${base}/alerts?alert=${encodeURIComponent(alertId)}`;
}

/** "S2: is down" or, of the fleet, the summary alone. */
export function titleOf({ rule, replica }: AlertView): string {
  return replica === null ? rule.name : `${rule.name} · ${replica}`;
}

function sentence(alert: AlertView): string {
  const who = alert.replica === null ? '' : `${alert.replica} `;
  const what = `${who}${alert.summary}`;
  return alert.state === 'resolved' ? `Resolved: ${titleOf(alert)} (${what})` : `${titleOf(alert)}: ${what}`;
}

/** What is posted when an alert fires or ends. `iso` writes a wall time as ISO 8601. */
export function alertBody(alert: AlertView, panelUrl: string | null, iso: (at: number) => string): WebhookBody {
  const { id, rule, replica, summary, value, threshold, startsAt, endedAt, ending } = alert;
  return {
    version: 1,
    type: alert.state === 'resolved' ? 'alert.resolved' : 'alert.firing',
    text: sentence(alert),
    alert: {
      id,
      rule: { id: rule.id, name: rule.name, condition: rule.condition },
      severity: rule.severity,
      replica,
      summary,
      value,
      threshold,
      startsAt: iso(startsAt),
      endsAt: endedAt === null ? null : iso(endedAt),
      ending,
    },
    link: linkOf(panelUrl, id),
  };
}

export function testBody(actor: string, panelUrl: string | null): WebhookBody {
  const text = `A test sent by ${actor}: alerts of this balancer arrive here.`;
  return { version: 1, type: 'test', text, alert: null, link: linkOf(panelUrl, null) };
}
