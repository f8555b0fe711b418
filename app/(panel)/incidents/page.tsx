import type { Metadata } from 'next';
import { IncidentList } from '../../_incidents/incident-list.tsx';

export const metadata: Metadata = { title: 'Incidents' };

export default function IncidentsPage() {
  return <IncidentList />;
}
