'use client';

import { toast } from 'sonner';
import type { ReplicaAction } from '#lib/api/admin.ts';
import { toasterReady } from '../_shell/toaster-ready.ts';
import { act, add, remove } from './api.ts';
import { deedWords, doneWords, listWords, type Proposal } from './change.ts';

/** What takes an action back, where something can. */
const UNDO: Partial<Record<ReplicaAction, ReplicaAction>> = {
  pause: 'unpause',
  unpause: 'pause',
  drain: 'undrain',
  undrain: 'drain',
};

/** How long an undo is offered, ms. */
const UNDO_MS = 8_000;

/** Does what was confirmed. `targets` are the names the what-if was about, so that what happens is what was shown. */
export function carryOut(proposal: Proposal, targets: readonly string[]): void {
  switch (proposal.kind) {
    case 'add':
      track(`Adding ${listWords(targets)}`, add(targets), doneWords('add', targets), () =>
        track(`Removing ${listWords(targets)}`, remove(targets), doneWords('remove', targets)),
      );
      return;
    case 'remove':
      track(`${deedWords(proposal)}…`, remove(targets), doneWords('remove', targets));
      return;
    default:
      actNow(proposal.name, proposal.kind);
  }
}

/** An action on one replica, said in a toast, with its undo where there is one. */
export function actNow(name: string, action: ReplicaAction): void {
  const undo = UNDO[action];
  const takeBack = undo === undefined ? undefined : () => actNow(name, undo);
  track(`${name}: ${action}…`, act(name, action), doneWords(action, [name]), takeBack);
}

/** Says what is being done, then how it ended. The work is under way already: nothing waits for the words. */
export function track(doing: string, work: Promise<unknown>, done: string, undo?: () => void): void {
  const outcome = work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : 'It did not work.'),
  );
  void toasterReady().then(async () => {
    const id = toast.loading(doing);
    const problem = await outcome;
    if (problem !== null) toast.error(problem, { id, duration: 8_000 });
    else if (undo === undefined) toast.success(done, { id });
    else toast.success(done, { id, duration: UNDO_MS, action: { label: 'Undo', onClick: undo } });
  });
}
