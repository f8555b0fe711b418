import 'server-only';
import { noted, type SignInNote } from '#lib/api/audit.ts';
import { callBalancer } from './balancer.ts';
import { actorOf, type Session } from './session.ts';

const WINDOW_MS = 60_000;
/** Far more than typing errors, far less than guessing needs. */
const MOST_FAILURES = 10;

/** Counts wrong tokens, so that nobody can try them all, or fill the timeline with trying. */
class Door {
  #failures: number[] = [];

  /** True while too many were wrong of late. */
  isShut(now: number): boolean {
    this.#failures = this.#failures.filter((at) => at > now - WINDOW_MS);
    return this.#failures.length >= MOST_FAILURES;
  }

  failed(now: number): void {
    this.#failures.push(now);
  }
}

/** One for the process: the panel has one door. */
export const door = new Door();

/** Has the balancer write down who came, went, or was refused. A balancer that does not answer keeps nobody out. */
export async function noteSignIn(outcome: SignInNote['outcome'], session: Session | null): Promise<void> {
  const body: SignInNote = { outcome, role: session?.role ?? null };
  const actor = session === null ? 'nobody' : actorOf(session);
  await callBalancer({ method: 'POST', path: '/_ring/v1/sign-ins', body, actor, schema: noted });
}
