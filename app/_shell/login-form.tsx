'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { failure } from '#lib/api/contract.ts';
import { buttonClass } from '../_ui/button.tsx';

/** Asks for an operator's or viewer's token. The answer sets a cookie that no script can read. */
export function LoginForm() {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // Sent by the browser itself, before this script runs, the token would stand in the address.
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    const refusal = await signIn(String(given.get('token') ?? ''), String(given.get('name') ?? ''));
    setBusy(false);
    setProblem(refusal);
    if (refusal === null) location.assign('/');
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <label htmlFor="token" className="-mb-2 text-muted">
        Token of an operator or a viewer
      </label>
      <input
        id="token"
        name="token"
        type="password"
        required
        autoComplete="current-password"
        className="h-9 rounded-lg border border-edge bg-transparent px-3 font-mono focus:border-focus focus:outline-none"
      />
      <label htmlFor="name" className="-mb-2 text-muted">
        Your name, for the record (may be empty)
      </label>
      <input
        id="name"
        name="name"
        maxLength={40}
        autoComplete="username"
        className="h-9 rounded-lg border border-edge bg-transparent px-3 focus:border-focus focus:outline-none"
      />
      <button type="submit" disabled={busy || !ready} className={buttonClass('main')}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
      <p role="alert" className="min-h-5 text-critical">
        {problem}
      </p>
    </form>
  );
}

/** Why it was refused; null when it was not. */
async function signIn(token: string, name: string): Promise<string | null> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/session', { method: 'POST', headers, body: JSON.stringify({ token, name }) });
    if (answer.ok) return null;
    const refusal = failure.safeParse(await answer.json().catch(() => null));
    return refusal.success ? refusal.data.message : `The panel answered ${answer.status}.`;
  } catch {
    return 'The panel does not answer.';
  }
}
