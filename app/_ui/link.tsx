'use client';

import NextLink from 'next/link';
import { type ComponentProps, useState } from 'react';

type LinkProps = Omit<ComponentProps<typeof NextLink>, 'prefetch' | 'onPointerEnter' | 'onFocus' | 'onNavigate'>;

/**
 * What this page has still to write into the address would end the way to the next one. nuqs drops it at a popstate;
 * Next looks only at those that bring a state.
 */
function dropAddress(): void {
  dispatchEvent(new PopStateEvent('popstate'));
}

/**
 * A link to a page of the panel, fetched ahead when a pointer or the focus comes to it. Next would fetch ahead all that
 * are in view: a dozen requests just when the live figures are to come.
 */
export function Link(props: LinkProps) {
  const [isLikely, setLikely] = useState(false);
  const foresee = (): void => setLikely(true);
  return (
    <NextLink
      {...props}
      prefetch={isLikely ? null : false}
      onPointerEnter={foresee}
      onFocus={foresee}
      onNavigate={dropAddress}
    />
  );
}
