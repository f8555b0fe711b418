'use client';

import { useLive } from '../_live/provider.tsx';
import { Segmented } from '../_ui/segmented.tsx';
import { useSelection } from './selection.tsx';

const OPTIONS = [
  { value: 'owner', word: 'Owner', hint: 'Who owns each slot' },
  { value: 'load', word: 'Load', hint: 'How much each slot is asked for' },
  { value: 'change', word: 'Change', hint: 'Which slots moved at the last change of the ring' },
  { value: 'health', word: 'Health', hint: 'How the owner of each slot is' },
] as const;

export function ModeSwitch() {
  const { selection, select } = useSelection();
  const changed = useLive((view) => view.previousRing !== null);
  const past = useLive(({ connection }) => connection === 'past');
  const empty = selection.mode === 'change' && !changed && selection.preview === null;
  return (
    <span className="inline-flex items-center gap-3">
      <Segmented label="Ring shows" options={OPTIONS} value={selection.mode} onChange={(mode) => select({ mode })} />
      {empty && <span className="text-muted">no change seen yet</span>}
      {past && selection.mode === 'load' && <span className="text-muted">not kept slot by slot</span>}
    </span>
  );
}
