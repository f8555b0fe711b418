'use client';

import { memo, useDeferredValue, useMemo } from 'react';
import { useLive } from '../_live/provider.tsx';
import { fillOf } from '../_ring/identity.ts';
import { share as shareWords } from '../_ui/format.ts';
import { sharesOf } from './shares.ts';
import { useReplicas } from './use-replicas.ts';

/** With more replicas than this only the bars are drawn; names are in the table and under the pointer. */
const NAMED = 8;

/** Each replica's share of the requests as a bar, with a line where it is due by its slots. */
export function Distribution({ className = '' }: { readonly className?: string }) {
  const frames = useDeferredValue(useLive((view) => view.seconds));
  const replicas = useReplicas();
  const shares = useMemo(() => sharesOf(replicas ?? [], frames.slice(-10)), [replicas, frames]);
  const top = Math.max(0.001, ...shares.map((share) => Math.max(share.ratio, share.due))) * 1.15;
  const busy = shares.some((share) => share.ratio > 0);
  return (
    <figure aria-label="Share of requests" className={`flex min-h-0 flex-col ${className}`}>
      <figcaption className="mb-2 flex flex-wrap gap-x-2">
        <span className="font-semibold">Share of requests</span>
        <span className="text-muted">
          {busy
            ? 'last 10 s; the line is what its slots are due'
            : 'no requests now; the line is what its slots are due'}
        </span>
      </figcaption>
      <ol className="flex min-h-16 flex-1 items-stretch gap-1.5">
        {shares.map((share) => (
          <Bar
            key={share.seat}
            seat={share.seat}
            name={share.name}
            now={shareWords(share.ratio)}
            asked={share.ratio > 0}
            due={shareWords(share.due)}
            height={heightOf(share.ratio, top)}
            dueHeight={heightOf(share.due, top)}
            named={shares.length <= NAMED}
          />
        ))}
      </ol>
    </figure>
  );
}

/** In steps of half a percent, which is less than a pixel: what does not move need not be drawn. */
function heightOf(ratio: number, top: number): string {
  return `${Math.round(Math.min(1, ratio / top) * 200) / 2}%`;
}

interface BarProps {
  readonly seat: number;
  readonly name: string;
  /** Its share of the requests and what it is due, in words and as heights. */
  readonly now: string;
  readonly due: string;
  readonly height: string;
  readonly dueHeight: string;
  /** Whether it answers anything now. */
  readonly asked: boolean;
  readonly named: boolean;
}

const Bar = memo(function Bar({ seat, name, now, due, height, dueHeight, asked, named }: BarProps) {
  const words = `${name}: ${now} of requests, ${due} due`;
  return (
    <li className="flex min-w-0 flex-1 gap-2.5 border-line border-b" title={words}>
      <span className="sr-only">{words}</span>
      <span aria-hidden="true" className={`relative ${named ? 'w-4 shrink-0' : 'max-w-4 flex-1'}`}>
        <svg className="absolute bottom-0 w-full" style={{ height }} aria-hidden="true">
          <rect width="100%" height="100%" style={{ fill: fillOf(seat) }} />
        </svg>
        <span className="absolute -inset-x-1 border-ink border-t" style={{ bottom: dueHeight }} />
      </span>
      {named && (
        <span aria-hidden="true" className="min-w-0 self-end pb-1.5 leading-4">
          <span className="block truncate text-small">{name}</span>
          <span className="block font-semibold">{asked ? now : '–'}</span>
          <span className="block truncate text-muted text-small">due {due}</span>
        </span>
      )}
    </li>
  );
});
