import { Overview } from '../_shell/overview.tsx';

export default function OverviewPage() {
  return <Overview className="min-h-full lg:h-full" />;
}
