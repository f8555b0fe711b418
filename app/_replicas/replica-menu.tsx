'use client';

import { Ellipsis } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReplicaView } from '#lib/api/state.ts';
import { LazyMenu } from '../_ui/lazy-menu.tsx';

const ReplicaMenuItems = dynamic(() => import('./replica-menu-items.tsx').then((module) => module.ReplicaMenuItems));

interface ReplicaMenuProps {
  readonly replica: Pick<ReplicaView, 'name' | 'status' | 'slots'>;
}

export function ReplicaMenu({ replica }: ReplicaMenuProps) {
  return (
    <LazyMenu
      label={`Actions for ${replica.name}`}
      icon={<Ellipsis className="size-4" aria-hidden="true" />}
      className="grid size-7 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink data-popup-open:bg-raised"
    >
      <ReplicaMenuItems replica={replica} />
    </LazyMenu>
  );
}
