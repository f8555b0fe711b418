'use client';

import { durationWords } from '#lib/alerts/condition-words.ts';
import type { AlertView, SilenceDraft } from '#lib/api/alerts.ts';
import { track } from '../_changes/carry-out.ts';
import { alertTitle } from './alert-words.ts';
import { acknowledge, silenceFor, unsilence } from './api.ts';

/** Says that somebody takes care of it, with the way back. */
export function acknowledgeNow(alert: AlertView, isSeen = true): void {
  const title = alertTitle(alert);
  const done = isSeen ? `${title}: acknowledged` : `${title}: no longer acknowledged`;
  track(`${title}…`, acknowledge(alert.id, isSeen), done, () => acknowledgeNow(alert, !isSeen));
}

/** `what` is for people: "Replica down · S2". */
export function silenceNow(draft: SilenceDraft, what: string): void {
  const work = silenceFor(draft);
  track(`${what}…`, work, `${what}: silenced for ${durationWords(draft.forMs)}`, () => {
    void work.then(({ id }) => unsilenceNow(id, what));
  });
}

export function unsilenceNow(id: string, what: string): void {
  track(`${what}…`, unsilence(id), `${what}: no longer silenced`);
}
