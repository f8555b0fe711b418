'use client';

import type { ReplicaView } from '#lib/api/state.ts';
import { useNow } from '../_live/use-now.ts';
import { useSelection } from '../_ring/selection.tsx';
import { ago } from '../_ui/format.ts';
import { ReplicaLink } from '../_ui/replica-link.tsx';
import { StatusMark } from '../_ui/status-mark.tsx';
import { Swatch } from '../_ui/swatch.tsx';

/** Its colour, which picks it out on the ring, and its name, which leads to its page. */
export function ReplicaName({ replica }: { readonly replica: ReplicaView }) {
  const { selection, select } = useSelection();
  const picked = selection.seat === replica.seat;
  return (
    <span className="flex items-center gap-1">
      <button
        type="button"
        aria-pressed={picked}
        aria-label={`Pick out ${replica.name} on the ring`}
        onClick={() => select({ seat: picked ? null : replica.seat })}
        className="-ml-1.5 max-sm:-mr-3 pointer-coarse:-mr-3 grid size-6 shrink-0 items-center justify-items-start rounded-md pl-1.5 hover:bg-raised aria-pressed:bg-edge"
      >
        <Swatch seat={replica.seat} />
      </button>
      <ReplicaLink name={replica.name} className="font-semibold" />
    </span>
  );
}

/** Shape, word and colour of its state; when it is not simply serving, why and since when. */
export function ReplicaState({ replica }: { readonly replica: ReplicaView }) {
  return (
    <span className="replica-state">
      <StatusMark status={replica.status} />
      {replica.status !== 'serving' && <Reason replica={replica} />}
    </span>
  );
}

function Reason({ replica }: { readonly replica: ReplicaView }) {
  const now = useNow(200);
  const since = ago(Math.max(0, now - replica.since));
  const words = replica.reason === null ? since : `${replica.reason}, ${since}`;
  return (
    <span className="replica-reason" title={words}>
      {words}
    </span>
  );
}
