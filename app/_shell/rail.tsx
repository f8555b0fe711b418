'use client';

import { usePathname } from 'next/navigation';
import { Link } from '../_ui/link.tsx';
import { Logo } from './logo.tsx';
import { PLACES, placeOf } from './places.ts';
import { ViewMenu } from './view-menu.tsx';

/** Where to go: a rail at the left; on a phone a bar at the bottom, where a menu has what is rarely looked for. */
export function Rail() {
  const here = placeOf(usePathname());
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-10 flex h-(--bar) border-line border-t bg-ground px-1 lg:static lg:h-auto lg:w-14 lg:flex-col lg:items-center lg:gap-1 lg:border-t-0 lg:border-r lg:py-3"
    >
      <Link href="/" aria-label="Ringmaster" className="mb-3 hidden lg:block">
        <Logo />
      </Link>
      {PLACES.map(({ path, title, icon: Icon, isRare }) => (
        <Link
          key={path}
          href={path}
          title={title}
          aria-current={here?.path === path ? 'page' : undefined}
          className={`rail-place ${isRare ? 'max-lg:hidden' : ''}`}
        >
          <Icon className="size-[1.125rem]" strokeWidth={1.75} aria-hidden="true" />
          <span className="lg:sr-only">{title}</span>
        </Link>
      ))}
      <ViewMenu isHere={here?.isRare === true} />
    </nav>
  );
}
