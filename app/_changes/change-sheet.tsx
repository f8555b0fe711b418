'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSelection } from '../_ring/selection.tsx';
import { Button } from '../_ui/button.tsx';
import { QueryScope } from '../_ui/query-scope.tsx';
import { carryOut } from './carry-out.ts';
import { type Change, consequenceWords, deedWords, type Proposal } from './change.ts';
import { AddForm, RemoveForm } from './change-forms.tsx';
import { PreviewReport } from './preview-report.tsx';
import { usePreview } from './use-preview.ts';

interface ChangeSheetProps {
  readonly change: Change;
  readonly open: boolean;
  readonly onClose: () => void;
}

const TITLES: Readonly<Record<Change['kind'], string>> = {
  add: 'Add replicas',
  remove: 'Remove replicas',
  kill: 'Kill',
  drain: 'Drain',
  pause: 'Pause',
  restart: 'Restart',
};

/**
 * Asks once before a change, and says what it will do. It stands beside the ring, not over it: meanwhile the ring
 * shows which slots would move.
 */
export function ChangeSheet({ change, open, onClose }: ChangeSheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20" />
        <Dialog.Popup className="sheet fixed inset-y-0 right-0 z-20 flex w-full flex-col border-edge border-l bg-ground outline-none sm:w-[27rem]">
          <header className="flex h-13 shrink-0 items-center justify-between border-line border-b px-6">
            <Dialog.Title className="font-semibold text-base">
              {TITLES[change.kind]}
              {'name' in change && ` ${change.name}`}
            </Dialog.Title>
            <Dialog.Close aria-label="Close" className="grid size-8 place-items-center rounded-lg hover:bg-raised">
              <X className="size-4" aria-hidden="true" />
            </Dialog.Close>
          </header>
          <QueryScope>
            <SheetBody change={change} onClose={onClose} />
          </QueryScope>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SheetBody({ change, onClose }: Omit<ChangeSheetProps, 'open'>) {
  const [proposal, setProposal] = useState<Proposal | null>(() => firstProposal(change));
  const preview = usePreview(proposal);
  const { select } = useSelection();
  const shown = proposal === null ? null : (preview.data ?? null);
  useEffect(() => select({ preview: shown, slot: null, hovered: null }), [shown, select]);
  useEffect(() => () => select({ preview: null }), [select]);
  const fresh = preview.isSuccess && !preview.isPlaceholderData;
  const confirm = (): void => {
    if (proposal === null || shown === null) return;
    carryOut(
      proposal,
      shown.targets.map((target) => target.name),
    );
    onClose();
  };
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-auto px-6 py-5">
        <Dialog.Description className="text-muted">{consequenceWords(change.kind)}</Dialog.Description>
        {change.kind === 'add' && <AddForm onChange={setProposal} />}
        {change.kind === 'remove' && <RemoveForm names={change.names} onChange={setProposal} />}
        {preview.error !== null && proposal !== null && (
          <p role="alert" className="text-critical">
            {preview.error.message}
          </p>
        )}
        {shown !== null && preview.error === null && <PreviewReport preview={shown} />}
        {preview.isPending && proposal !== null && <p className="text-muted">Working out which slots move…</p>}
      </div>
      <footer className="flex shrink-0 justify-end gap-2 border-line border-t px-6 py-4">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          weight={change.kind === 'add' ? 'main' : 'danger'}
          disabled={!fresh || proposal === null}
          onClick={confirm}
        >
          {proposal === null ? 'Nothing chosen' : deedWords(proposal)}
        </Button>
      </footer>
    </>
  );
}

function firstProposal(change: Change): Proposal | null {
  if (change.kind === 'add') return { kind: 'add', n: 1, names: [] };
  if (change.kind === 'remove') return change.names.length === 0 ? null : change;
  return change;
}
