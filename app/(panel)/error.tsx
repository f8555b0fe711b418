'use client';

import { Button } from '../_ui/button.tsx';

export default function PageError({ reset }: { readonly reset: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 px-6 py-6">
      <p className="font-semibold text-critical text-large">This page could not be drawn.</p>
      <p className="text-muted">The replicas and the balancer are not touched by this.</p>
      <Button onClick={reset}>Draw it again</Button>
    </div>
  );
}
