import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { openSession, SESSION_COOKIE } from '../_server/session.ts';
import { LoginForm } from '../_shell/login-form.tsx';
import { Logo } from '../_shell/logo.tsx';

export const metadata: Metadata = { title: 'Sign in' };
export const dynamic = 'force-dynamic';

export default async function LoginPage() {
  const cookie = (await cookies()).get(SESSION_COOKIE)?.value;
  if (openSession(cookie, Date.now()) !== null) redirect('/');
  return (
    <main className="mx-auto flex min-h-dvh max-w-80 flex-col justify-center gap-4 px-4">
      <Logo />
      <h1 className="font-semibold text-large">Ringmaster</h1>
      <LoginForm />
    </main>
  );
}
