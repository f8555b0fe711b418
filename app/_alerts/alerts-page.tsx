'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { ActiveAlerts } from './active-alerts.tsx';
import { RecentAlerts } from './recent-alerts.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { SilencesPanel } from './silences-panel.tsx';
import { useAlertData } from './use-alert-data.ts';
import { WebhooksPanel } from './webhooks-panel.tsx';

const LINK = { alert: parseAsString.withDefault('') };

/** What fires, what is over, what is watched, what is silenced, and who is told. */
export function AlertsPage() {
  const [{ alert }] = useQueryStates(LINK);
  const { past, rules, webhooks } = useAlertData();
  const known = rules.data?.rules ?? null;
  return (
    <div className="flex min-h-full flex-col">
      <ActiveAlerts chosen={alert} ruleCount={known?.filter(({ enabled }) => enabled).length ?? null} />
      <RecentAlerts alerts={past.data?.recent ?? null} problem={past.error?.message ?? null} chosen={alert} />
      <div className="grid flex-1 grid-cols-1 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <RulesPanel rules={known} problem={rules.error?.message ?? null} />
        <div className="min-w-0">
          <SilencesPanel
            silences={past.data?.silences ?? null}
            problem={past.error?.message ?? null}
            rules={known ?? []}
          />
          <WebhooksPanel page={webhooks.data ?? null} problem={webhooks.error?.message ?? null} />
        </div>
      </div>
    </div>
  );
}
