'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';
import { useSelection } from '../_ring/selection.tsx';
import { Button } from '../_ui/button.tsx';
import { QueryScope } from '../_ui/query-scope.tsx';
import { Sheet } from '../_ui/sheet.tsx';
import { carryOut } from './carry-out.ts';
import { type Change, consequenceWords, deedWords, type Proposal } from './change.ts';
import { ChangeButton } from './change-button.tsx';
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
  const title = 'name' in change ? `${TITLES[change.kind]} ${change.name}` : TITLES[change.kind];
  return (
    <Sheet title={title} open={open} onClose={onClose}>
      <QueryScope>
        <SheetBody change={change} onClose={onClose} />
      </QueryScope>
    </Sheet>
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
        <ChangeButton
          weight={change.kind === 'add' ? 'main' : 'danger'}
          disabled={!fresh || proposal === null}
          onClick={confirm}
        >
          {proposal === null ? 'Nothing chosen' : deedWords(proposal)}
        </ChangeButton>
      </footer>
    </>
  );
}

function firstProposal(change: Change): Proposal | null {
  if (change.kind === 'add') return { kind: 'add', n: 1, names: [] };
  if (change.kind === 'remove') return change.names.length === 0 ? null : change;
  return change;
}
