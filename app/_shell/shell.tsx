'use client';

import type { ReactNode } from 'react';
import type { LifecycleEvent } from '#lib/api/events.ts';
import type { State } from '#lib/api/state.ts';
import { AlertNotices } from '../_alerts/alert-notices.tsx';
import { ChangeProvider } from '../_changes/change-provider.tsx';
import { LiveProvider, useLive } from '../_live/provider.tsx';
import { RingTableProvider } from '../_ring/ring-table.tsx';
import { SelectionProvider } from '../_ring/selection.tsx';
import { Announcer } from './announcer.tsx';
import { Banner } from './banner.tsx';
import { PagePatterns } from './page-patterns.tsx';
import { Rail } from './rail.tsx';
import { type Session, SessionProvider } from './session.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';

interface ShellProps extends Session {
  readonly snapshot: State | null;
  readonly events: readonly LifecycleEvent[];
  readonly children: ReactNode;
}

/** What surrounds every page: where to go, the headline figures, and whether any of it can be believed. */
export function Shell({ role, canSignOut, snapshot, events, children }: ShellProps) {
  return (
    <SessionProvider session={{ role, canSignOut }}>
      <LiveProvider initial={snapshot} events={events}>
        <RingTableProvider>
          <SelectionProvider>
            <ChangeProvider>
              <Frame>{children}</Frame>
            </ChangeProvider>
          </SelectionProvider>
        </RingTableProvider>
      </LiveProvider>
    </SessionProvider>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  // Where nothing is known yet nothing is old: words that say so are to be read.
  const old = useLive(
    ({ connection, state }) => state !== null && !['live', 'connecting', 'past'].includes(connection),
  );
  return (
    <div data-old={old} className="flex min-h-dvh flex-col-reverse lg:h-dvh lg:flex-row">
      <a href="#main" className="sr-only focus:not-sr-only">
        Skip to the page
      </a>
      <PagePatterns />
      <Rail />
      <div className="above-bar flex min-h-0 min-w-0 flex-1 flex-col">
        <TopBar />
        <Banner />
        <main id="main" className="relative min-h-0 min-w-0 flex-1 lg:overflow-auto">
          {children}
        </main>
      </div>
      <Announcer />
      <AlertNotices />
      <Toasts />
    </div>
  );
}
