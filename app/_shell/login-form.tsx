'use client';

import { type FormEvent, useState } from 'react';
import { buttonClass } from '../_ui/button.tsx';

/** Asks for an operator's or viewer's token. The answer sets a cookie that no script can read. */
export function LoginForm() {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get('token') ?? '');
    setBusy(true);
    const refusal = await signIn(token);
    setBusy(false);
    setProblem(refusal);
    if (refusal === null) location.assign('/');
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <label htmlFor="token" className="text-muted">
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
      <button type="submit" disabled={busy} className={buttonClass('main')}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
      <p role="alert" className="min-h-5 text-critical">
        {problem}
      </p>
    </form>
  );
}

/** Why it was refused; null when it was not. */
async function signIn(token: string): Promise<string | null> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/session', { method: 'POST', headers, body: JSON.stringify({ token }) });
    if (answer.ok) return null;
    return answer.status === 401 ? 'This token is not known.' : `The panel answered ${answer.status}.`;
  } catch {
    return 'The panel does not answer.';
  }
}
