import type { ReactNode } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { identityOf } from '../_ring/identity.ts';
import { count, latency } from '../_ui/format.ts';
import { ReplicaName, ReplicaState } from './replica-cells.tsx';
import { Sparkline } from './sparkline.tsx';
import { troubleRank } from './status.ts';
import type { RequestSeries } from './use-series.ts';

/** What a row may be drawn from besides its replica. */
export interface RowContext {
  readonly series: RequestSeries;
  /** The moment of the figures by the balancer's clock, ms. */
  readonly at: number;
}

/** Which columns give way where there is little room is in globals.css, by their ids. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly right: boolean;
  /** What the column is sorted by; absent where order says nothing. */
  readonly order?: (replica: ReplicaView) => number | string;
  readonly cell: (replica: ReplicaView, context: RowContext) => ReactNode;
}

const SPARK_SECONDS = 60;
export const NO_VALUE = '–';

export const name: Column = {
  id: 'replica',
  title: 'replica',
  right: false,
  order: (replica) => replica.seat,
  cell: (replica) => <ReplicaName replica={replica} />,
};

export const state: Column = {
  id: 'state',
  title: 'state',
  right: false,
  order: (replica) => troubleRank(replica.status),
  cell: (replica) => <ReplicaState replica={replica} />,
};

export const slots: Column = {
  id: 'slots',
  title: 'slots',
  hint: 'Home slots it owns, of 512',
  right: true,
  order: (replica) => -replica.slots,
  cell: (replica) => (
    <>
      {replica.slots}
      <span className="text-muted">/512</span>
    </>
  ),
};

export const requests: Column = {
  id: 'requests',
  title: 'req/s',
  right: true,
  order: (replica) => -replica.traffic.requestsPerSecond,
  cell: (replica) => (replica.available ? count(replica.traffic.requestsPerSecond) : NO_VALUE),
};

export const minute: Column = {
  id: 'minute',
  title: 'last minute',
  right: false,
  cell: (replica, { series }) => (
    <Sparkline
      values={series.bySeat.get(replica.seat) ?? []}
      most={series.most * 1.1}
      color={identityOf(replica.seat).color}
      seconds={SPARK_SECONDS}
    />
  ),
};

export const latencies: Column = {
  id: 'latency',
  title: 'p50 / p99 ms',
  hint: 'Latency over the last 10 s',
  right: true,
  order: (replica) => -(replica.traffic.p99Ms ?? -1),
  cell: ({ traffic }) => (traffic.p99Ms === null ? NO_VALUE : `${latency(traffic.p50Ms)} / ${latency(traffic.p99Ms)}`),
};

export const inFlight: Column = {
  id: 'in-flight',
  title: 'in flight',
  right: true,
  order: (replica) => -replica.traffic.inFlight,
  cell: (replica) => count(replica.traffic.inFlight),
};

export const restarts: Column = {
  id: 'restarts',
  title: 'restarts',
  hint: 'New instances in this seat since it was added',
  right: true,
  order: (replica) => -replica.restarts,
  cell: (replica) => replica.restarts,
};

export const OVERVIEW_COLUMNS: readonly Column[] = [
  name,
  state,
  slots,
  requests,
  minute,
  latencies,
  inFlight,
  restarts,
];
