'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { AlertView } from '#lib/api/alerts.ts';
import { useLive } from '../_live/provider.tsx';
import { toasterReady } from '../_shell/toaster-ready.ts';
import { alertTitle, turnsBetween } from './alert-words.ts';

const FIRED_MS = 12_000;

/** Says what begins to fire and what is over, on every page: as a toast, and aloud for screen readers. */
export function AlertNotices() {
  const alerts = useLive(({ state }) => state?.alerts ?? null);
  const before = useRef(alerts);
  const [words, setWords] = useState('');
  const router = useRouter();
  useEffect(() => {
    const known = before.current;
    before.current = alerts;
    if (known === null || alerts === null || known === alerts) return;
    const { fired, over } = turnsBetween(known, alerts);
    const said = [...fired.map(firedWords), ...over.map(overWords)];
    if (said.length === 0) return;
    setWords(said.join('. '));
    void showTurns(fired, over, (id) => router.push(`/alerts?alert=${encodeURIComponent(id)}`));
  }, [alerts, router]);
  return (
    <p role="status" aria-live="polite" className="sr-only" data-testid="alert-notice">
      {words}
    </p>
  );
}

function firedWords(alert: AlertView): string {
  return `${alertTitle(alert)} fires: ${alert.summary}`;
}

function overWords(alert: AlertView): string {
  return `${alertTitle(alert)} is over`;
}

/** Loaded with the first of them: most pages never say anything. */
async function showTurns(
  fired: readonly AlertView[],
  over: readonly AlertView[],
  open: (id: string) => void,
): Promise<void> {
  const [{ toast }] = await Promise.all([import('sonner'), toasterReady()]);
  for (const alert of fired) {
    const say = alert.rule.severity === 'critical' ? toast.error : toast.warning;
    const action = { label: 'Look', onClick: () => open(alert.id) };
    say(alertTitle(alert), { id: alert.id, description: alert.summary, duration: FIRED_MS, action });
  }
  for (const alert of over) toast.success(overWords(alert), { id: alert.id, description: null, action: null });
}
