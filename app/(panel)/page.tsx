import { Throughput } from '../_charts/throughput.tsx';
import { LatestEvents } from '../_events/latest-events.tsx';
import { ReplicasPanel } from '../_replicas/replicas-panel.tsx';
import { RingPanel } from '../_ring/ring-panel.tsx';

export default function OverviewPage() {
  return (
    <div className="grid min-h-full grid-cols-1 lg:h-full lg:grid-cols-[43fr_57fr] lg:grid-rows-[minmax(0,1fr)_14.5rem]">
      <RingPanel className="border-line border-b lg:border-r" />
      <ReplicasPanel className="border-line border-b" />
      <Throughput className="border-line border-b lg:border-r lg:border-b-0" />
      <LatestEvents className="max-h-[32rem] lg:max-h-none" />
    </div>
  );
}
