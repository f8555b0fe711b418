'use client';

import { Menu } from '@base-ui/react/menu';
import { useRouter } from 'next/navigation';
import type { ReplicaView } from '#lib/api/state.ts';
import { actNow } from '../_changes/carry-out.ts';
import { useHindrance } from '../_changes/change-button.tsx';
import { useProposeChange } from '../_changes/change-provider.tsx';
import { useMayChange } from '../_changes/use-may-change.ts';
import { useLive } from '../_live/provider.tsx';
import { MenuItem } from '../_ui/menu.tsx';

interface ReplicaMenuItemsProps {
  readonly replica: Pick<ReplicaView, 'name' | 'status' | 'slots'>;
}

/** What can be done with a replica. What takes it away is asked about first; what brings it back is done at once. */
export function ReplicaMenuItems({ replica }: ReplicaMenuItemsProps) {
  const router = useRouter();
  return (
    <>
      <MenuItem onClick={() => router.push(`/replicas/${encodeURIComponent(replica.name)}`)}>Open</MenuItem>
      <MenuItem onClick={() => router.push(`/replicas/${encodeURIComponent(replica.name)}#logs`)}>Logs</MenuItem>
      <ChangeItems replica={replica} />
    </>
  );
}

function ChangeItems({ replica: { name, status, slots } }: ReplicaMenuItemsProps) {
  const propose = useProposeChange();
  const fixed = useLive(({ state }) => state?.balancer.runtime.kind === 'static');
  const hindrance = useHindrance();
  if (!useMayChange()) return null;
  if (hindrance !== null) return <p className="border-line border-t px-2.5 py-1.5 text-muted">{hindrance}</p>;
  const drained = status === 'draining' || (status === 'serving' && slots === 0);
  return (
    <>
      <Menu.Separator className="my-1 h-px bg-line" />
      {!fixed && status === 'paused' && <MenuItem onClick={() => actNow(name, 'unpause')}>Unpause</MenuItem>}
      {!fixed && status !== 'paused' && <MenuItem onClick={() => propose({ kind: 'pause', name })}>Pause…</MenuItem>}
      {drained ? (
        <MenuItem onClick={() => actNow(name, 'undrain')}>Return from drain</MenuItem>
      ) : (
        <MenuItem onClick={() => propose({ kind: 'drain', name })}>Drain…</MenuItem>
      )}
      {!fixed && <LifeCycleItems name={name} />}
    </>
  );
}

/** What fixed upstreams have no part in. */
function LifeCycleItems({ name }: { readonly name: string }) {
  const propose = useProposeChange();
  return (
    <>
      <MenuItem onClick={() => propose({ kind: 'restart', name })}>Restart…</MenuItem>
      <Menu.Separator className="my-1 h-px bg-line" />
      <MenuItem danger onClick={() => propose({ kind: 'kill', name })}>
        Kill…
      </MenuItem>
      <MenuItem danger onClick={() => propose({ kind: 'remove', names: [name] })}>
        Remove…
      </MenuItem>
    </>
  );
}
