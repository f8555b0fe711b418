'use client';

import NextLink from 'next/link';
import { type ComponentProps, useState } from 'react';

type LinkProps = Omit<ComponentProps<typeof NextLink>, 'prefetch' | 'onPointerEnter' | 'onFocus'>;

/**
 * A link to a page of the panel, fetched ahead when a pointer or the focus comes to it. Next would fetch ahead all that
 * are in view: a dozen requests just when the live figures are to come.
 */
export function Link(props: LinkProps) {
  const [isLikely, setLikely] = useState(false);
  const foresee = (): void => setLikely(true);
  return <NextLink {...props} prefetch={isLikely ? null : false} onPointerEnter={foresee} onFocus={foresee} />;
}
