import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { readState } from '../_server/balancer.ts';
import { readHistory } from '../_server/history.ts';
import { isOpen, openSession, SESSION_COOKIE } from '../_server/session.ts';
import { Shell } from '../_shell/shell.tsx';

export const dynamic = 'force-dynamic';

const EVENTS_AT_START = 200;

/** Fetches what is so now, so that the first paint already shows it; the islands keep it alive from there. */
export default async function PanelLayout({ children }: { readonly children: ReactNode }) {
  const cookie = (await cookies()).get(SESSION_COOKIE)?.value;
  const session = openSession(cookie, Date.now());
  if (session === null) redirect('/login');
  const [state, history] = await Promise.all([readState(), readHistory({ limit: EVENTS_AT_START })]);
  const snapshot = state.ok ? state.value : null;
  const events = history.ok ? history.value.events.filter((event) => event.bootId === snapshot?.balancer.bootId) : [];
  return (
    <Shell role={session.role} canSignOut={!isOpen()} snapshot={snapshot} events={events.toReversed()}>
      {children}
    </Shell>
  );
}
