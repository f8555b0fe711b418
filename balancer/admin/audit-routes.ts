import { createRoute } from '@hono/zod-openapi';
import { noted, type SignInNote, signInNote } from '../../lib/api/audit.ts';
import type { ControlPlane, Deed } from '../core/control-plane.ts';
import { actorOf } from './actor.ts';
import type { App } from './app.ts';
import { documented, jsonAnswer, jsonBody, REFUSED } from './documented.ts';

const signIns = createRoute({
  method: 'post',
  path: '/_ring/v1/sign-ins',
  tags: ['state'],
  summary: 'For panels: write down who signed in, failed to, or signed out',
  request: jsonBody(signInNote),
  responses: documented({ 200: jsonAnswer(noted, 'It is an event now'), '4XX': REFUSED }),
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
