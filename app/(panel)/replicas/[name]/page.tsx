import type { Metadata } from 'next';
import { ReplicaPage } from '../../../_replicas/replica-page.tsx';

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: PageProps) {
  return <ReplicaPage name={decodeURIComponent((await params).name)} />;
}
