import type { Metadata } from 'next';
import { IncidentList } from '../../_incidents/incident-list.tsx';
import { QueryScope } from '../../_ui/query-scope.tsx';

export const metadata: Metadata = { title: 'Incidents' };

export default function IncidentsPage() {
  return (
    <QueryScope>
      <IncidentList />
    </QueryScope>
  );
}
