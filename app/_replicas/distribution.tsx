'use client';

import dynamic from 'next/dynamic';
import { memo, useMemo, useState } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { useLive } from '../_live/provider.tsx';
import { useLiveLater } from '../_live/use-live-later.ts';
import { fillOf } from '../_ring/identity.ts';
import { share as shareWords } from '../_ui/format.ts';
import { sharesOf } from './shares.ts';
import { useReplicas } from './use-replicas.ts';

const ChartsAlone = dynamic(() => import('./replica-charts.tsx').then((module) => module.ChartsAlone), { ssr: false });

/** Up to so many replicas have their figures beside their bars. */
const NAMED = 8;
/** With more than this only the bars are drawn; names are in the table and under the pointer. */
export const MOST_WITH_NAMES = 16;

/** Each replica's share of the requests as a bar, with a line where it is due by its slots. */
export function Distribution({ className = '' }: { readonly className?: string }) {
  const frames = useLiveLater(6, (view) => view.seconds);
  const replicas = useReplicas();
  const shares = useMemo(() => sharesOf(replicas ?? [], frames), [replicas, frames]);
  const top = useSteadyTop(Math.max(0.001, ...shares.map((share) => Math.max(share.ratio, share.due))));
  const isLabelled = shares.length > NAMED && shares.length <= MOST_WITH_NAMES;
  const busy = shares.some((share) => share.ratio > 0);
  const past = useLive(({ connection }) => connection === 'past');
  const [only, second] = replicas ?? [];
  if (only !== undefined && second === undefined) return <Alone replica={only} />;
  return (
    <figure aria-label="Share of requests" className={`flex min-h-0 flex-col ${className}`}>
      <figcaption className="mb-2 flex flex-wrap gap-x-2">
        <span className="font-semibold">Share of requests</span>
        <span className="text-muted">
          {frames.length === 0 ? 'not measured yet' : busy ? 'last 10 s' : `no requests ${past ? 'then' : 'now'}`}; the
          line is what its slots are due
        </span>
      </figcaption>
      <ol
        className={`flex min-h-14 flex-1 items-stretch overflow-x-clip ${shares.length <= NAMED ? 'gap-1.5' : 'gap-px sm:gap-1.5'} ${isLabelled ? 'mb-5' : ''}`}
      >
        {shares.map((share) => (
          <Bar
            key={share.seat}
            seat={share.seat}
            name={share.name}
            now={shareWords(share.ratio)}
            asked={busy}
            due={shareWords(share.due)}
            height={heightOf(share.ratio, top)}
            dueHeight={heightOf(share.due, top)}
            named={shares.length <= NAMED}
            labelled={isLabelled}
          />
        ))}
      </ol>
    </figure>
  );
}

/** There is nothing to compare. */
function Alone({ replica }: { readonly replica: ReplicaView }) {
  return (
    <>
      <p className="w-full text-muted">
        {replica.name} is the only replica: while it is away, nobody answers. With a second one each would answer half
        of the requests, and all of them while the other is away.
      </p>
      <ChartsAlone replica={replica} />
    </>
  );
}

/** What the full height stands for: it stays until a bar outgrows it or all of them are far below it. */
function useSteadyTop(most: number): number {
  const [top, setTop] = useState(0);
  const isSteady = most <= top && most * 1.5 > top;
  const next = isSteady ? top : most * 1.15;
  if (next !== top) setTop(next);
  return next;
}

/** Percent, in steps of a half, which is less than a pixel: what does not move need not be drawn. */
function heightOf(ratio: number, top: number): number {
  return Math.round(Math.min(1, ratio / top) * 200) / 2;
}

interface BarProps {
  readonly seat: number;
  readonly name: string;
  /** Its share of the requests and what it is due, in words and as heights in percent. */
  readonly now: string;
  readonly due: string;
  readonly height: number;
  readonly dueHeight: number;
  /** Whether there are requests to have a share of. */
  readonly asked: boolean;
  /** Name and figures beside it, or only its name below. */
  readonly named: boolean;
  readonly labelled: boolean;
}

const Bar = memo(function Bar({ seat, name, now, due, height, dueHeight, asked, named, labelled }: BarProps) {
  const words = `${name}: ${now} of requests, ${due} due`;
  return (
    <li className="relative flex min-w-0 flex-1 gap-2.5 border-line border-b" title={words}>
      <svg
        role="img"
        aria-label={words}
        className={`h-0 min-h-full overflow-visible ${named ? 'w-4 shrink-0 sm:w-[calc(100%-4.75rem)] sm:min-w-3 sm:max-w-20' : 'min-w-0 max-w-8 flex-1'}`}
      >
        <rect y={`${100 - height}%`} width="100%" height={`${height}%`} style={{ fill: fillOf(seat) }} />
        <rect
          y={`${100 - dueHeight}%`}
          height="1"
          shapeRendering="crispEdges"
          className="fill-ink sm:[width:calc(100%+0.5rem)] sm:[x:-0.25rem]"
          width="100%"
        />
      </svg>
      {named && (
        <span aria-hidden="true" className="share-words min-w-0 self-end whitespace-nowrap pb-1.5 leading-4">
          <span className="block truncate text-small">{name}</span>
          <span className="block font-semibold">{asked ? now : '–'}</span>
          <span className="block truncate text-muted text-small">due {due}</span>
        </span>
      )}
      {labelled && (
        <span aria-hidden="true" className="absolute inset-x-0 top-full truncate pt-1 text-muted text-small">
          {name}
        </span>
      )}
    </li>
  );
});
