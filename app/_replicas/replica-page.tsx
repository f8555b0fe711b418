'use client';

import { useMemo } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { ReplicaEvents } from '../_events/replica-events.tsx';
import { useLive } from '../_live/provider.tsx';
import { LogPanel } from '../_logs/log-panel.tsx';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { Swatch } from '../_ui/swatch.tsx';
import { Facts } from './facts.tsx';
import { MiniRing } from './mini-ring.tsx';
import { ReplicaState } from './replica-cells.tsx';
import { ReplicaCharts } from './replica-charts.tsx';
import { ReplicaMenu } from './replica-menu.tsx';

/** Everything about one replica, live. */
export function ReplicaPage({ name }: { readonly name: string }) {
  const replica = useLive(({ state }) => state?.replicas.find((other) => other.name === name) ?? null);
  const known = useLive(({ state }) => state !== null);
  if (replica === null) return <Missing name={name} known={known} />;
  return (
    <div className="live-figure grid min-h-full grid-cols-1 lg:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="min-w-0 border-line max-lg:border-b lg:border-r">
        <Head replica={replica} />
        <ReplicaCharts replica={replica} />
        <LogPanel key={replica.name} replica={replica} />
      </div>
      <div className="min-w-0">
        <Panel title="On the ring" className="border-line border-b">
          <MiniRing seat={replica.seat} />
        </Panel>
        <Facts replica={replica} />
        <ReplicaEvents key={replica.name} replica={replica.name} className="max-h-[36rem]" />
      </div>
    </div>
  );
}

function Head({ replica }: { readonly replica: ReplicaView }) {
  const incident = useLive(({ state }) => state?.incidents.find((other) => other.replica === replica.name) ?? null);
  const restarts = useMemo(() => restartWords(replica.restarts), [replica.restarts]);
  return (
    <header className="flex items-start justify-between gap-4 border-line border-b px-4 py-3 lg:px-6">
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="inline-flex min-w-0 items-center gap-2 font-semibold text-large">
          <Swatch seat={replica.seat} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{replica.name}</span>
        </h2>
        <ReplicaState replica={replica} />
        <span className="text-muted">
          {restarts}
          {incident !== null &&
            `; ${incident.servingMs === null ? 'this failure began' : 'last failure'}: ${incident.cause}`}
        </span>
      </div>
      <ReplicaMenu replica={replica} />
    </header>
  );
}

function restartWords(restarts: number): string {
  if (restarts === 0) return 'its first instance';
  return restarts === 1 ? 'restarted once' : `restarted ${restarts} times`;
}

function Missing({ name, known }: { readonly name: string; readonly known: boolean }) {
  return (
    <Panel title={name}>
      <p className="py-3 text-muted">
        {known ? `There is no replica called ${name}. It may have been removed.` : 'The replicas are not known yet.'}{' '}
        <Link href="/replicas" className="underline underline-offset-4 hover:text-ink">
          All replicas
        </Link>
      </p>
    </Panel>
  );
}
