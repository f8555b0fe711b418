'use client';

import { usePathname } from 'next/navigation';
import { Link } from '../_ui/link.tsx';
import { Logo } from './logo.tsx';
import { PLACES, placeOf } from './places.ts';
import { ViewMenu } from './view-menu.tsx';

/** Where to go: a rail at the left, on a phone a bar at the bottom. */
export function Rail() {
  const here = placeOf(usePathname());
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-10 flex h-14 items-center justify-around border-line border-t bg-ground lg:static lg:h-auto lg:w-14 lg:flex-col lg:justify-start lg:gap-1 lg:border-t-0 lg:border-r lg:py-3"
    >
      <Link href="/" aria-label="Ringmaster" className="mb-3 hidden lg:block">
        <Logo />
      </Link>
      {PLACES.map(({ path, title, icon: Icon }) => (
        <Link
          key={path}
          href={path}
          title={title}
          aria-label={title}
          aria-current={here?.path === path ? 'page' : undefined}
          className="grid h-10 min-w-0 flex-1 place-items-center lg:size-10 lg:flex-none rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink"
        >
          <Icon className="size-[1.125rem]" strokeWidth={1.75} aria-hidden="true" />
        </Link>
      ))}
      <div className="lg:mt-auto">
        <ViewMenu />
      </div>
    </nav>
  );
}
