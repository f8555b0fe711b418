'use client';

import { KeyFinder } from './key-finder.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { Ring } from './ring.tsx';

/** The ring of the overview, with its modes and the key finder. */
export function RingPanel({ className = '' }: { readonly className?: string }) {
  return (
    <section
      aria-label="Ring"
      className={`@container relative isolate flex min-h-0 min-w-0 flex-col px-4 pt-3 pb-4 lg:px-5 ${className}`}
    >
      <div className="z-[1] flex flex-wrap items-center justify-between gap-2">
        <ModeSwitch />
        <KeyFinder />
      </div>
      <div className="live-figure ring-place grid min-h-0 max-lg:mt-4 ring-tucked flex-1 place-items-center">
        <Ring />
      </div>
    </section>
  );
}
