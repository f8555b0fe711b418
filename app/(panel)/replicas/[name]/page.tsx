import type { Metadata } from 'next';
import { ReplicaPage } from '../../../_replicas/replica-page.tsx';
import { QueryScope } from '../../../_ui/query-scope.tsx';

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: PageProps) {
  return (
    <QueryScope>
      <ReplicaPage name={decodeURIComponent((await params).name)} />
    </QueryScope>
  );
}
