'use client';

import { ChangeButton } from '../_changes/change-button.tsx';
import { useProposeChange } from '../_changes/change-provider.tsx';
import { useMayChange } from '../_changes/use-may-change.ts';
import { LatestIncident } from '../_incidents/stopwatch.tsx';
import { useLive } from '../_live/provider.tsx';
import { useSession } from '../_shell/session.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { OVERVIEW_COLUMNS } from './columns.tsx';
import { Distribution, MOST_WITH_NAMES } from './distribution.tsx';
import { ReplicaTable } from './replica-table.tsx';
import { useReplicas } from './use-replicas.ts';

export const NO_REPLICAS = 'There are no replicas. Add one to serve requests.';

/**
 * The replicas of the overview: the table, how evenly they share, and the latest failure's stopwatch. The shares are there
 * where the whole table leaves them room; where no table would be whole, beside the live one.
 */
export function ReplicasPanel({ className }: { readonly className?: string }) {
  const past = useLive(({ connection }) => connection === 'past');
  const replicas = useReplicas();
  const many = (replicas?.length ?? 0) > MOST_WITH_NAMES;
  return (
    <Panel title="Replicas" className={className ?? ''} side={<FleetButtons />}>
      <div className="live-figure flex min-h-0 flex-1 flex-col gap-4">
        <div className={`flex min-h-0 flex-1 flex-col gap-4 ${many ? '' : 'whole-or-none'}`}>
          <div className="scroll-hint @container max-h-[28rem] min-h-24 w-full shrink overflow-auto lg:max-h-full">
            {replicas === null || replicas.length === 0 ? (
              <p className="py-3 text-muted">{replicas === null ? 'The replicas are not known yet.' : NO_REPLICAS}</p>
            ) : (
              <ReplicaTable columns={OVERVIEW_COLUMNS} replicas={replicas} />
            )}
          </div>
          {replicas !== null && replicas.length > 0 && !(past && many) && (
            <Distribution className="max-h-[32rem] w-full flex-[1_0_auto]" />
          )}
        </div>
        <div className="shrink-0">
          <LatestIncident />
        </div>
      </div>
    </Panel>
  );
}

export function FleetButtons() {
  const propose = useProposeChange();
  const { role } = useSession();
  const replicas = useLive(({ state }) => state?.replicas ?? null);
  const fixed = useLive(({ state }) => state?.balancer.runtime.kind === 'static');
  const mayChange = useMayChange();
  if (role === 'viewer') return <span className="text-muted">you are a viewer</span>;
  if (!mayChange) return null;
  if (fixed) return <span className="text-muted">fixed upstreams: they can be drained, not added or removed</span>;
  return (
    <div className="flex gap-2">
      <Link
        href="/experiments?kind=kill"
        className={buttonClass()}
        title="Load, a kill, and a stopwatch of what follows"
      >
        Kill demo
      </Link>
      <ChangeButton onClick={() => propose({ kind: 'remove', names: [] })} disabled={(replicas?.length ?? 0) === 0}>
        Remove…
      </ChangeButton>
      <ChangeButton weight="main" onClick={() => propose({ kind: 'add' })} disabled={replicas === null}>
        Add…
      </ChangeButton>
    </div>
  );
}
