import { noted, type SignInNote, signInNote } from '../../lib/api/audit.ts';
import type { ControlPlane, Deed } from '../core/control-plane.ts';
import { actorOf } from './actor.ts';
import type { App } from './app.ts';
import { documentedRoute, jsonAnswer, jsonBody } from './documented.ts';

const signIns = documentedRoute('post', '/_ring/v1/sign-ins', {
  tag: 'state',
  summary: 'For panels: write down who signed in, failed to, or signed out',
  request: jsonBody(signInNote),
  answers: { 200: jsonAnswer(noted, 'It is an event now') },
});

const KINDS: Readonly<Record<SignInNote['outcome'], Deed['kind']>> = {
  'signed-in': 'signed-in',
  failed: 'sign-in-failed',
  'signed-out': 'signed-out',
};

function wordsOf({ outcome, role }: SignInNote): string {
  if (outcome === 'failed') return 'somebody tried to sign in to the panel with a token that is not known';
  const as = role === null ? '' : ` as ${role}`;
  return outcome === 'signed-in' ? `signed in to the panel${as}` : `signed out of the panel${as}`;
}

/** `/_ring/v1/sign-ins`: what happens at a panel's door. */
export function addAuditRoutes(app: App, control: ControlPlane): void {
  app.openapi(signIns, (c) => {
    const note = c.req.valid('json');
    control.note({ kind: KINDS[note.outcome], message: wordsOf(note), actor: actorOf(c) });
    return Response.json({ noted: true });
  });
}
