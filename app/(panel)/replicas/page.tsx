import type { Metadata } from 'next';
import { FleetTable } from '../../_replicas/fleet-table.tsx';

export const metadata: Metadata = { title: 'Replicas' };

export default function ReplicasPage() {
  return <FleetTable />;
}
