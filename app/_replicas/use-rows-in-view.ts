'use client';

import { type RefCallback, useCallback, useState } from 'react';

interface RowsInView {
  /** Seats of the rows in view; null while that is not known. */
  readonly inView: ReadonlySet<number> | null;
  /** The `ref` of each row, which has to carry `data-seat`. */
  readonly watch: RefCallback<HTMLElement>;
}

/** Rows this near to where they can be seen count as seen, so that scrolling finds them drawn; not every browser knows it. */
const NEAR = { scrollMargin: '120px' };

/** Which rows of a table can be seen, so that the others need not be drawn. */
export function useRowsInView(): RowsInView {
  const [inView, setInView] = useState<ReadonlySet<number> | null>(null);
  const [observer] = useState(() => {
    if (typeof IntersectionObserver === 'undefined') return null;
    return new IntersectionObserver((entries) => setInView((before) => withEntries(before, entries)), NEAR);
  });
  const watch = useCallback(
    (row: HTMLElement | null) => {
      if (row === null || observer === null) return;
      observer.observe(row);
      return () => observer.unobserve(row);
    },
    [observer],
  );
  return { inView, watch };
}

function withEntries(before: ReadonlySet<number> | null, entries: readonly IntersectionObserverEntry[]): Set<number> {
  const seats = new Set(before);
  for (const { target, isIntersecting } of entries) {
    const seat = Number(target.getAttribute('data-seat'));
    if (isIntersecting) seats.add(seat);
    else seats.delete(seat);
  }
  return seats;
}
