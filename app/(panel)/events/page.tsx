import type { Metadata } from 'next';
import { Timeline } from '../../_events/timeline.tsx';
import { QueryScope } from '../../_ui/query-scope.tsx';
import { UrlScope } from '../../_ui/url-scope.tsx';

export const metadata: Metadata = { title: 'Events' };

export default function EventsPage() {
  return (
    <QueryScope>
      <UrlScope>
        <Timeline />
      </UrlScope>
    </QueryScope>
  );
}
