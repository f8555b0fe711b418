export async function signOut(): Promise<void> {
  await fetch('/api/session', { method: 'DELETE' });
  location.assign('/login');
}
