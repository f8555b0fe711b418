import { span } from '#lib/span.ts';
import { bytes, count, percent, share as shareWords } from '../_ui/format.ts';
import {
  type Column,
  inFlight,
  latencies,
  minute,
  NO_VALUE,
  name,
  requests,
  restarts,
  slots,
  state,
} from './columns.tsx';

const share: Column = {
  id: 'share',
  title: 'share / due',
  hint: 'Of the requests in the last 10 s, and of the slots',
  right: true,
  order: (replica) => -replica.traffic.requestsPerSecond,
  cell: (replica, { series: { shares } }) => (
    <>
      {shares.size > 0 ? shareWords(shares.get(replica.seat) ?? 0) : NO_VALUE}
      <span className="text-muted"> / {shareWords(replica.slots / 512)}</span>
    </>
  ),
};

const errors: Column = {
  id: 'errors',
  title: 'errors',
  hint: 'Answers of 5xx since the balancer started',
  right: true,
  order: (replica) => -replica.traffic.errors,
  cell: ({ traffic }) => <span className={traffic.errors > 0 ? 'text-critical' : ''}>{count(traffic.errors)}</span>,
};

const cpu: Column = {
  id: 'cpu',
  title: 'CPU',
  hint: 'Percent of one core',
  right: true,
  order: (replica) => -(replica.resources?.cpuPercent ?? -1),
  cell: ({ resources }) => (resources === null ? NO_VALUE : percent(resources.cpuPercent)),
};

const memory: Column = {
  id: 'memory',
  title: 'memory',
  right: true,
  order: (replica) => -(replica.resources?.memoryBytes ?? -1),
  cell: ({ resources }) => (resources === null ? NO_VALUE : bytes(resources.memoryBytes)),
};

const uptime: Column = {
  id: 'uptime',
  title: 'up for',
  hint: 'Since its instance started',
  right: true,
  order: (replica) => replica.instance?.startedAt ?? Number.MAX_SAFE_INTEGER,
  cell: ({ instance }, { at }) => (instance === null ? NO_VALUE : span(at - instance.startedAt)),
};

/** All that is known of each replica. In a file of their own, as the overview does without. */
export const ALL_COLUMNS: readonly Column[] = [
  name,
  state,
  slots,
  share,
  requests,
  minute,
  latencies,
  inFlight,
  errors,
  cpu,
  memory,
  uptime,
  restarts,
];
