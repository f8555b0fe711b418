'use client';

import { createContext, type ReactNode, use } from 'react';

/** What the reader may do. The server checks again; this only decides what is offered. */
export interface Session {
  readonly role: 'operator' | 'viewer';
  readonly canSignOut: boolean;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside SessionProvider');
  return session;
}
