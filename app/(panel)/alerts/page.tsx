import type { Metadata } from 'next';
import { AlertsPage } from '../../_alerts/alerts-page.tsx';
import { QueryScope } from '../../_ui/query-scope.tsx';
import { UrlScope } from '../../_ui/url-scope.tsx';

export const metadata: Metadata = { title: 'Alerts' };

export default function Alerts() {
  return (
    <QueryScope>
      <UrlScope>
        <AlertsPage />
      </UrlScope>
    </QueryScope>
  );
}
