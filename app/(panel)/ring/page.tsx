import type { Metadata } from 'next';
import { Inspector } from '../../_ring/inspector.tsx';
import { RingStage } from '../../_ring/ring-stage.tsx';
import { SlotGrid } from '../../_ring/slot-grid.tsx';
import { SlotTable } from '../../_ring/slot-table.tsx';
import { UrlScope } from '../../_ui/url-scope.tsx';

export const metadata: Metadata = { title: 'Ring' };

export default function RingPage() {
  return (
    <div className="grid min-h-full grid-cols-1 lg:h-full lg:grid-cols-[minmax(0,1fr)_34rem]">
      <UrlScope>
        <RingStage />
      </UrlScope>
      <div className="live-figure flex min-h-0 flex-col lg:overflow-auto">
        <Inspector />
        <SlotGrid />
        <SlotTable />
      </div>
    </div>
  );
}
