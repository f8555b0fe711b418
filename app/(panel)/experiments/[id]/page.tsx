import type { Metadata } from 'next';
import { RunPage } from '../../../_lab/run-page.tsx';
import { QueryScope } from '../../../_ui/query-scope.tsx';

export const metadata: Metadata = { title: 'Run' };

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps) {
  return (
    <QueryScope>
      <RunPage id={(await params).id} />
    </QueryScope>
  );
}
