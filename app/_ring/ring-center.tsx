'use client';

import { useLive } from '../_live/provider.tsx';
import { plural } from '../_ui/format.ts';
import { ToneMark, toneClass } from '../_ui/status-mark.tsx';
import { healthWords } from './health-words.ts';
import { previewWords } from './preview-words.ts';
import { useRingTable } from './ring-table.tsx';
import { useSelection } from './selection.tsx';
import { slotWords } from './slot-words.ts';

/** The middle of the ring says in words what is going on; over a slot, what that slot is. */
export function RingCenter() {
  const { selection } = useSelection();
  const slot = selection.hovered ?? selection.slot;
  return (
    <div className="ring-words pointer-events-none absolute inset-0 flex flex-col items-center justify-center text-center">
      {selection.preview !== null ? <PreviewWords /> : slot === null ? <Health /> : <Slot slot={slot} />}
    </div>
  );
}

function Health() {
  const state = useLive((view) => view.state);
  if (state === null) return null;
  const words = healthWords(state.replicas, state.ring);
  const serving = state.replicas.filter((replica) => replica.available).length;
  return (
    <>
      <p className="text-muted">{plural(state.replicas.length, 'replica')} · 512 slots</p>
      <p
        className="my-3 font-semibold text-[clamp(2.25rem,7cqw,4rem)] leading-none tracking-tight"
        data-testid="serving"
      >
        {serving}
        <span className="font-normal text-faint">/{state.replicas.length}</span>
      </p>
      <p className={`font-semibold ${toneClass(words.tone)}`} data-testid="health-words">
        <span className="mr-2 inline-block">
          <ToneMark tone={words.tone} />
        </span>
        {words.headline}
      </p>
      <p className="max-w-[42%] text-muted">{words.detail}</p>
    </>
  );
}

function Slot({ slot }: { readonly slot: number }) {
  const ring = useLive((view) => view.state?.ring ?? null);
  const table = useRingTable();
  const words = ring === null ? null : slotWords(ring, table(ring), slot);
  if (words === null) return null;
  return (
    <>
      <p className="text-muted">slot</p>
      <p className="my-2 font-semibold text-[clamp(1.75rem,5cqw,3rem)] leading-none tracking-tight">{slot}</p>
      <p className="font-semibold">
        {words.ownerName}
        {words.servedBy !== null && <span className="text-warning"> → {words.servedBy}</span>}
      </p>
      <p className="text-muted">virtual node at {words.virtualNode}</p>
      <p className="text-muted">
        {words.nextNames.length === 0 ? 'no understudy' : `then ${words.nextNames.join(', ')}`}
      </p>
    </>
  );
}

function PreviewWords() {
  const { preview } = useSelection().selection;
  if (preview === null) return null;
  const { slots, fate, detail, isOutage } = previewWords(preview);
  return (
    <>
      <p className="text-muted">if you go on</p>
      <p className="my-2 font-semibold text-[clamp(1.75rem,6cqw,3.5rem)] leading-none tracking-tight">{slots}</p>
      <p className={`max-w-[56%] text-balance font-semibold ${isOutage ? 'text-critical' : ''}`}>
        {slots === 1 ? 'slot' : 'slots'} {fate}
      </p>
      <p className="text-muted">{detail}</p>
    </>
  );
}
