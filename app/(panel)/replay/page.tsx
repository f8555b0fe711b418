import type { Metadata } from 'next';
import { ReplayPage } from '../../_replay/replay-page.tsx';
import { QueryScope } from '../../_ui/query-scope.tsx';
import { UrlScope } from '../../_ui/url-scope.tsx';

export const metadata: Metadata = { title: 'Replay' };

export default function Page() {
  return (
    <QueryScope>
      <UrlScope>
        <ReplayPage />
      </UrlScope>
    </QueryScope>
  );
}
