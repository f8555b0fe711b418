'use client';

import { useEffect } from 'react';
import type { AlertView } from '#lib/api/alerts.ts';
import { SECOND, span } from '#lib/span.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { useLive } from '../_live/provider.tsx';
import { useNow } from '../_live/use-now.ts';
import { useSession } from '../_shell/session.tsx';
import { plural } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { Mark, toneClass } from '../_ui/status-mark.tsx';
import { Time } from '../_ui/time.tsx';
import { alertLook, momentLink } from './alert-words.ts';
import { acknowledgeNow } from './deeds.ts';
import { SilenceMenu } from './silence-menu.tsx';

interface ActiveAlertsProps {
  /** Id of the alert that the page was opened for; empty: none. */
  readonly chosen: string;
  /** Null while the rules are not known. */
  readonly ruleCount: number | null;
}

/** What fires now and what is about to, the worse first. */
export function ActiveAlerts({ chosen, ruleCount }: ActiveAlertsProps) {
  const alerts = useLive(({ state }) => state?.alerts ?? null);
  const now = useNow(1_000);
  const firing = alerts?.filter(({ state }) => state === 'firing').length ?? 0;
  const pending = (alerts?.length ?? 0) - firing;
  useScrollTo(chosen, alerts !== null);
  return (
    <Panel
      title="Now"
      className="border-line border-b"
      side={
        <span className="text-muted" data-testid="alert-count">
          {alerts !== null && `${firing} firing${pending > 0 ? `, ${pending} pending` : ''}`}
        </span>
      }
    >
      {alerts === null && <p className="py-3 text-muted">No answer from the balancer yet.</p>}
      {alerts?.length === 0 && (
        <p className="live-figure flex items-center gap-2 py-3" data-testid="no-alerts">
          <Mark shape="disc" tone="good" />
          No alert fires.
          {ruleCount !== null && <span className="text-muted">{plural(ruleCount, 'rule')} checked each second.</span>}
        </p>
      )}
      <ul className="live-figure" data-testid="active-alerts">
        {alerts?.map((alert) => (
          <ActiveAlert key={alert.id} alert={alert} now={now} isChosen={alert.id === chosen} />
        ))}
      </ul>
    </Panel>
  );
}

interface ActiveAlertProps {
  readonly alert: AlertView;
  readonly now: number;
  readonly isChosen: boolean;
}

function ActiveAlert({ alert, now, isChosen }: ActiveAlertProps) {
  const look = alertLook(alert);
  const { rule, replica, summary, startsAt, firedAt } = alert;
  const isLoudRow = look.tone === 'critical' && alert.acknowledged === null;
  return (
    <li
      id={`alert-${alert.id}`}
      data-state={alert.state}
      className={`-mx-4 flex flex-wrap items-center gap-x-6 gap-y-1.5 border-line border-t px-4 py-2.5 lg:-mx-6 lg:px-6 ${isLoudRow ? 'bg-tint' : ''} ${isChosen ? 'outline-2 outline-focus -outline-offset-2' : ''}`}
    >
      <span className={`inline-flex w-36 shrink-0 items-center gap-2 font-semibold ${toneClass(look.tone)}`}>
        <Mark shape={look.shape} tone={look.tone} />
        {look.word}
      </span>
      <span className="min-w-60 flex-1 basis-80">
        <strong>{rule.name}</strong>
        {replica !== null && (
          <>
            {' · '}
            <Link
              href={`/replicas/${encodeURIComponent(replica)}`}
              className="font-semibold underline-offset-4 hover:underline"
            >
              {replica}
            </Link>
          </>
        )}
        <span className="block text-muted">{summary}</span>
        <Known alert={alert} />
      </span>
      <Link
        href={momentLink(alert, now)}
        title="The charts around the moment it began"
        className="shrink-0 underline-offset-4 hover:underline"
      >
        <Time at={startsAt} precision="seconds" />
        <span className="block text-muted text-small">{heldWords(now - startsAt, firedAt === null)}</span>
      </Link>
      <Deeds alert={alert} />
    </li>
  );
}

/** Who takes care of it, and until when it is told to nobody. */
function Known({ alert: { acknowledged, silencedUntil } }: { readonly alert: AlertView }) {
  if (acknowledged === null && silencedUntil === null) return null;
  return (
    <span className="flex flex-wrap gap-x-4 text-small">
      {acknowledged !== null && (
        <span>
          acknowledged by {acknowledged.actor}, <Time at={acknowledged.at} precision="seconds" />
        </span>
      )}
      {silencedUntil !== null && (
        <span>
          told to nobody until <Time at={silencedUntil} precision="seconds" />
        </span>
      )}
    </span>
  );
}

function Deeds({ alert }: { readonly alert: AlertView }) {
  const { role } = useSession();
  if (role !== 'operator') return null;
  return (
    <span className="flex w-56 shrink-0 justify-end gap-2 max-sm:w-full max-sm:justify-start">
      {alert.state === 'firing' && (
        <ChangeButton onClick={() => acknowledgeNow(alert, alert.acknowledged === null)}>
          {alert.acknowledged === null ? 'Acknowledge' : 'Take back'}
        </ChangeButton>
      )}
      <SilenceMenu alert={alert} />
    </span>
  );
}

/** A link to an alert brings it into view once it is there. */
function useScrollTo(id: string, isReady: boolean): void {
  useEffect(() => {
    if (isReady && id !== '') document.getElementById(`alert-${id}`)?.scrollIntoView({ block: 'center' });
  }, [id, isReady]);
}

function heldWords(ms: number, pending: boolean): string {
  if (ms < SECOND) return 'just began';
  return pending ? `holds for ${span(ms)}` : `for ${span(ms)}`;
}
