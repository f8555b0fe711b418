import { Throughput } from '../_charts/throughput.tsx';
import { LatestEvents } from '../_events/latest-events.tsx';
import { ReplicasPanel } from '../_replicas/replicas-panel.tsx';
import { RingPanel } from '../_ring/ring-panel.tsx';

/** Everything at a glance: ring, replicas with the latest failure, requests a second, events. */
export function Overview({ className }: { readonly className: string }) {
  return (
    <div className={`grid grid-cols-1 lg:grid-cols-[43fr_57fr] lg:grid-rows-[minmax(26rem,1fr)_14.5rem] ${className}`}>
      <RingPanel className="border-line border-b lg:border-r" />
      <ReplicasPanel className="border-line border-b" />
      <Throughput className="border-line border-b lg:border-r lg:border-b-0" />
      <LatestEvents className="max-h-[32rem] lg:max-h-none" />
    </div>
  );
}
