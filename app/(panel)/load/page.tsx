import type { Metadata } from 'next';
import { LoadPage } from '../../_lab/load-page.tsx';
import { QueryScope } from '../../_ui/query-scope.tsx';

export const metadata: Metadata = { title: 'Load' };

export default function Page() {
  return (
    <QueryScope>
      <LoadPage />
    </QueryScope>
  );
}
