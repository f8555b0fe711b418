import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Timeline } from '../../_events/timeline.tsx';

export const metadata: Metadata = { title: 'Events' };

export default function EventsPage() {
  return (
    <Suspense fallback={<p className="px-6 py-4 text-muted">Reading what was kept…</p>}>
      <Timeline />
    </Suspense>
  );
}
