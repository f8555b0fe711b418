import type { Metadata } from 'next';
import { ComparePage } from '../../../_lab/compare-page.tsx';
import { QueryScope } from '../../../_ui/query-scope.tsx';

export const metadata: Metadata = { title: 'Compare runs' };

interface PageProps {
  readonly searchParams: Promise<{ readonly run?: string | string[] }>;
}

/** Side by side more would be too narrow to read. */
const MOST = 4;

export default async function Page({ searchParams }: PageProps) {
  const { run = [] } = await searchParams;
  return (
    <QueryScope>
      <ComparePage ids={[...new Set([run].flat())].slice(0, MOST)} />
    </QueryScope>
  );
}
