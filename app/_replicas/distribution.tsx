'use client';

import { useLive } from '../_live/provider.tsx';
import { fillOf } from '../_ring/identity.ts';
import { share as shareWords } from '../_ui/format.ts';
import { type Share, sharesOf } from './shares.ts';

/** With more replicas than this only the bars are drawn; names are in the table and under the pointer. */
const NAMED = 8;

/** Each replica's share of the requests as a bar, with a line where it is due by its slots. */
export function Distribution({ className = '' }: { readonly className?: string }) {
  const frames = useLive((view) => view.seconds);
  const replicas = useLive(({ state }) => state?.replicas ?? null);
  const shares = sharesOf(replicas ?? [], frames.slice(-10));
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
          <Bar key={share.seat} share={share} top={top} named={shares.length <= NAMED} />
        ))}
      </ol>
    </figure>
  );
}

interface BarProps {
  readonly share: Share;
  readonly top: number;
  readonly named: boolean;
}

function Bar({ share, top, named }: BarProps) {
  const height = (ratio: number) => `${(Math.min(1, ratio / top) * 100).toFixed(2)}%`;
  const words = `${share.name}: ${shareWords(share.ratio)} of requests, ${shareWords(share.due)} due`;
  return (
    <li className="flex min-w-0 flex-1 gap-2.5 border-line border-b" title={words}>
      <span className="sr-only">{words}</span>
      <span aria-hidden="true" className={`relative ${named ? 'w-4 shrink-0' : 'max-w-4 flex-1'}`}>
        <svg className="absolute bottom-0 w-full" style={{ height: height(share.ratio) }} aria-hidden="true">
          <rect width="100%" height="100%" style={{ fill: fillOf(share.seat) }} />
        </svg>
        <span className="absolute -inset-x-1 border-ink border-t" style={{ bottom: height(share.due) }} />
      </span>
      {named && (
        <span aria-hidden="true" className="min-w-0 self-end pb-1.5 leading-4">
          <span className="block truncate text-small">{share.name}</span>
          <span className="block font-semibold">{share.ratio > 0 ? shareWords(share.ratio) : '–'}</span>
          <span className="block truncate text-muted text-small">due {shareWords(share.due)}</span>
        </span>
      )}
    </li>
  );
}
