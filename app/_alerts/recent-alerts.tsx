'use client';

import type { AlertView } from '#lib/api/alerts.ts';
import { span } from '#lib/span.ts';
import { Reading, ReadingFailed } from '../_live/reading.tsx';
import { useNow } from '../_live/use-now.ts';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { ScrollRegion } from '../_ui/scroll-region.tsx';
import { Mark } from '../_ui/status-mark.tsx';
import { Time } from '../_ui/time.tsx';
import { endingWords, momentLink, SEVERITY_SHAPES } from './alert-words.ts';

interface RecentAlertsProps {
  /** Null while they are not known. */
  readonly alerts: readonly AlertView[] | null;
  readonly problem: string | null;
  readonly chosen: string;
}

/** Alerts that are over, the newest first. */
export function RecentAlerts({ alerts, problem, chosen }: RecentAlertsProps) {
  return (
    <Panel
      title="Ended"
      className="border-line border-b"
      side={
        <Link href="/events?about=alerts" className="text-muted underline-offset-4 hover:text-ink hover:underline">
          as events
        </Link>
      }
    >
      {problem !== null && <ReadingFailed message={problem} />}
      {alerts === null && problem === null && (
        <p className="py-3 text-muted">
          <Reading />
        </p>
      )}
      {alerts?.length === 0 && <p className="py-3 text-muted">No alert has ended yet.</p>}
      {alerts !== null && alerts.length > 0 && <RecentTable alerts={alerts} chosen={chosen} />}
    </Panel>
  );
}

function RecentTable({ alerts, chosen }: { readonly alerts: readonly AlertView[]; readonly chosen: string }) {
  const now = useNow(10_000);
  return (
    <ScrollRegion className="max-h-96" label="Alerts that are over">
      <table className="w-full min-w-[66rem]" data-testid="recent-alerts">
        <thead className="text-left text-muted">
          <tr className="border-line border-b">
            <th className="h-8 w-44 font-normal">began</th>
            <th className="w-24 font-normal">lasted</th>
            <th className="w-56 font-normal">alert</th>
            <th className="font-normal">what</th>
            <th className="w-44 font-normal">ended because</th>
            <th className="w-40 font-normal">acknowledged</th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr
              key={alert.id}
              id={`alert-${alert.id}`}
              className={`border-line border-b align-baseline last:border-b-0 ${alert.id === chosen ? 'bg-raised' : ''}`}
            >
              <td className="h-8">
                <Link href={momentLink(alert, now)} className="underline-offset-4 hover:underline">
                  <Time at={alert.startsAt} precision="seconds" />
                </Link>
              </td>
              <td>{span((alert.endedAt ?? alert.startsAt) - alert.startsAt)}</td>
              <td className="pr-3">
                <span className="inline-flex items-baseline gap-2 font-semibold">
                  <Mark shape={SEVERITY_SHAPES[alert.rule.severity]} tone="neutral" />
                  <span>
                    {alert.rule.name}
                    {alert.replica !== null && ` · ${alert.replica}`}
                  </span>
                </span>
              </td>
              <td className="pr-3 text-muted">{alert.summary}</td>
              <td className="text-muted">{endingWords(alert.ending)}</td>
              <td className="text-muted">
                {alert.acknowledged === null ? 'by nobody' : `by ${alert.acknowledged.actor}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
