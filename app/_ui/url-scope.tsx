'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, Suspense } from 'react';

/** For pages that keep what is shown in their URL. */
export function UrlScope({ children }: { readonly children: ReactNode }) {
  return (
    <NuqsAdapter>
      <Suspense fallback={<p className="px-6 py-4 text-muted">Reading the link…</p>}>{children}</Suspense>
    </NuqsAdapter>
  );
}
