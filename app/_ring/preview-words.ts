import type { Preview } from '#lib/api/admin.ts';

/** What a change would do to the slots, in two short lines. */
export interface PreviewWords {
  readonly slots: number;
  /** What would become of so many slots. */
  readonly fate: string;
  readonly detail: string;
  /** Nobody would answer for them. */
  readonly isOutage: boolean;
}

/** The same words in the middle of the ring and in the sheet that asks. */
export function previewWords(asked: Pick<Preview, 'change' | 'moved' | 'minimum' | 'after'>): PreviewWords {
  const { change, moved, minimum, after } = asked;
  const isLasting = change === 'add' || change === 'remove';
  const unserved = after.filter((seat) => seat === 0).length;
  if (unserved > 0) {
    const detail = change === 'remove' ? 'no replica is left' : 'no other replica serves';
    return { slots: unserved, fate: 'without anyone to answer', detail, isOutage: true };
  }
  const fate = isLasting ? 'would move' : 'would be served by others';
  const detail = isLasting ? minimumWords(moved, minimum) : 'the ring stays as it is';
  return { slots: moved, fate, detail, isOutage: false };
}

/** How a number of moved slots compares with the fewest possible. */
function minimumWords(moved: number, minimum: number): string {
  if (moved <= minimum) return 'the minimum';
  return `${moved - minimum} more than the minimum of ${minimum}`;
}
