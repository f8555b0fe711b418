'use client';

import { useMemo } from 'react';
import { useLive } from '../_live/provider.tsx';
import { arcsOf, bandAround } from '../_ring/arcs.ts';
import { SIZE } from '../_ring/geometry.ts';
import { RingArcs, RingBand, RingTicks } from '../_ring/ring-layers.tsx';
import { useSelection } from '../_ring/selection.tsx';
import { plural } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';

const NOBODY = new Map();

/** The ring with one replica's slots picked out. */
export function MiniRing({ seat }: { readonly seat: number }) {
  const ring = useLive(({ state }) => state?.ring ?? null);
  const { select } = useSelection();
  const [arcs, band] = useMemo(() => {
    if (ring === null) return [[], []];
    const own = arcsOf('owner', ring, NOBODY, null).map((arc) =>
      arc.seat === seat ? arc : { ...arc, kind: 'faint' as const },
    );
    return [own, bandAround(ring, seat)];
  }, [ring, seat]);
  if (ring === null) return null;
  const slots = ring.owner.filter((owner) => owner === seat).length;
  const runs = arcs.filter((arc) => arc.seat === seat).length;
  return (
    <Link
      href="/ring"
      onClick={() => select({ seat, slot: null, key: '' })}
      className="relative mx-auto block w-64 rounded-full"
      aria-label={`${plural(slots, 'slot')} in ${stretchWords(runs)}; open the ring`}
    >
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
        <RingTicks virtualNodes={ring.virtualNodes.filter((node) => node.seat === seat)} />
        <RingArcs arcs={arcs} />
        <RingBand arcs={band} />
      </svg>
      <span className="absolute inset-0 flex flex-col items-center justify-center">
        <span className="font-semibold text-[2rem] leading-9">{slots}</span>
        <span className="text-muted">
          {slots === 0 ? 'slots: it drains' : `${slots === 1 ? 'slot' : 'slots'} in ${stretchWords(runs)}`}
        </span>
      </span>
    </Link>
  );
}

function stretchWords(runs: number): string {
  return runs === 1 ? 'one stretch' : `${runs} stretches`;
}
