import type { ReactNode } from 'react';
import { PanelBoundary } from './panel-boundary.tsx';

interface PanelProps {
  readonly title: string;
  readonly side?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A region of the instrument: a heading, what belongs beside it, and its content. No box of its own. */
export function Panel({ title, side, className = '', children }: PanelProps) {
  return (
    <section aria-label={title} className={`isolate flex min-h-0 min-w-0 flex-col px-4 pt-3 pb-4 lg:px-6 ${className}`}>
      <header className="mb-1 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2>{title}</h2>
        {side}
      </header>
      <PanelBoundary>{children}</PanelBoundary>
    </section>
  );
}
