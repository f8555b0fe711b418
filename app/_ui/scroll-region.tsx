import type { ReactNode } from 'react';

interface ScrollRegionProps {
  /** What is in it, for who hears the page. */
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** What scrolls within a page: a stop of the tab key, as nothing in it need be one and it has to be reachable by keyboard. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is what the keys scroll
    <section className={`overflow-auto ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
