'use client';

import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReplicaView } from '#lib/api/state.ts';
import { actNow } from '../_changes/carry-out.ts';
import { useProposeChange } from '../_changes/change-provider.tsx';
import { useSession } from '../_shell/session.tsx';
import { MenuItem, MenuPopup } from '../_ui/menu.tsx';

interface ReplicaMenuProps {
  readonly replica: Pick<ReplicaView, 'name' | 'status' | 'slots'>;
}

/** What can be done with a replica. What takes it away is asked about first; what brings it back is done at once. */
export function ReplicaMenu({ replica }: ReplicaMenuProps) {
  const router = useRouter();
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Actions for ${replica.name}`}
        className="grid size-7 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink data-popup-open:bg-raised"
      >
        <Ellipsis className="size-4" aria-hidden="true" />
      </Menu.Trigger>
      <MenuPopup>
        <MenuItem onClick={() => router.push(`/replicas/${encodeURIComponent(replica.name)}`)}>Open</MenuItem>
        <MenuItem onClick={() => router.push(`/replicas/${encodeURIComponent(replica.name)}#logs`)}>Logs</MenuItem>
        <ChangeItems replica={replica} />
      </MenuPopup>
    </Menu.Root>
  );
}

function ChangeItems({ replica: { name, status, slots } }: ReplicaMenuProps) {
  const propose = useProposeChange();
  const { role } = useSession();
  if (role === 'viewer') return null;
  const drained = status === 'draining' || (status === 'serving' && slots === 0);
  return (
    <>
      <Menu.Separator className="my-1 h-px bg-line" />
      {status === 'paused' ? (
        <MenuItem onClick={() => actNow(name, 'unpause')}>Unpause</MenuItem>
      ) : (
        <MenuItem onClick={() => propose({ kind: 'pause', name })}>Pause…</MenuItem>
      )}
      {drained ? (
        <MenuItem onClick={() => actNow(name, 'undrain')}>Return from drain</MenuItem>
      ) : (
        <MenuItem onClick={() => propose({ kind: 'drain', name })}>Drain…</MenuItem>
      )}
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
