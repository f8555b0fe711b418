import type { Metadata } from 'next';
import { HistoryView } from '../../_history/history-view.tsx';
import { QueryScope } from '../../_ui/query-scope.tsx';
import { UrlScope } from '../../_ui/url-scope.tsx';

export const metadata: Metadata = { title: 'History' };

export default function HistoryPage() {
  return (
    <QueryScope>
      <UrlScope>
        <HistoryView />
      </UrlScope>
    </QueryScope>
  );
}
