import type { Metadata } from 'next';
import { ExperimentsPage } from '../../_lab/experiments-page.tsx';
import { QueryScope } from '../../_ui/query-scope.tsx';
import { UrlScope } from '../../_ui/url-scope.tsx';

export const metadata: Metadata = { title: 'Experiments' };

export default function Page() {
  return (
    <QueryScope>
      <UrlScope>
        <ExperimentsPage />
      </UrlScope>
    </QueryScope>
  );
}
