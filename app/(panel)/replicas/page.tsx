import type { Metadata } from 'next';
import { FleetTable } from '../../_replicas/fleet-table.tsx';
import { UrlScope } from '../../_ui/url-scope.tsx';

export const metadata: Metadata = { title: 'Replicas' };

export default function ReplicasPage() {
  return (
    <UrlScope>
      <FleetTable />
    </UrlScope>
  );
}
