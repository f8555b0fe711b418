'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLive } from '../_live/provider.tsx';
import { readAlerts, readRules, readWebhooks } from './api.ts';

/** Rules, silences, webhooks and what is over: asked for again whenever the stream says that they changed. */
export function useAlertData() {
  const revision = useLive(({ alertSettings }) => alertSettings);
  const active = useLive(({ state }) => state?.alerts.map(({ id, state: now }) => `${id}${now}`).join() ?? '');
  const shared = { placeholderData: keepPreviousData };
  return {
    past: useQuery({ ...shared, queryKey: ['alerts', revision, active], queryFn: ({ signal }) => readAlerts(signal) }),
    rules: useQuery({ ...shared, queryKey: ['alert-rules', revision], queryFn: ({ signal }) => readRules(signal) }),
    webhooks: useQuery({ ...shared, queryKey: ['webhooks', revision], queryFn: ({ signal }) => readWebhooks(signal) }),
  };
}
