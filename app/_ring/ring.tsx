'use client';

import type { RingView } from '#lib/api/state.ts';
import { useLive } from '../_live/provider.tsx';
import { SIZE } from './geometry.ts';
import { RingCenter } from './ring-center.tsx';
import { RingArcs, RingBand, RingLabels, RingTicks } from './ring-layers.tsx';
import { RingMarker } from './ring-marker.tsx';
import { useRingTable } from './ring-table.tsx';
import { useSelection } from './selection.tsx';
import { slotSentence } from './slot-words.ts';
import { TrafficCanvas } from './traffic-canvas.tsx';
import { useRingPicture } from './use-ring-picture.ts';
import { useRingPointer } from './use-ring-pointer.ts';

interface RingProps {
  readonly trafficPaused?: boolean;
}

/** The ring: as large as its place allows, one tab stop, one pointer handler. */
export function Ring({ trafficPaused = false }: RingProps) {
  const ring = useLive((view) => view.state?.ring ?? null);
  if (ring === null) return <EmptyRing />;
  return <LivingRing ring={ring} trafficPaused={trafficPaused} />;
}

function EmptyRing() {
  return (
    <div className="ring-square grid scale-90 place-items-center rounded-full border border-line text-muted">
      The ring is not known yet.
    </div>
  );
}

function LivingRing({ ring, trafficPaused }: { readonly ring: RingView; readonly trafficPaused: boolean }) {
  const { selection } = useSelection();
  const { mode, slot, hovered, seat, preview } = selection;
  const pointer = useRingPointer(ring);
  const table = useRingTable();
  const shownMode = preview === null ? mode : 'change';
  return (
    <div
      className="ring-square relative touch-manipulation select-none"
      role="slider"
      tabIndex={0}
      aria-label="Ring of 512 slots"
      aria-valuemin={0}
      aria-valuemax={511}
      aria-valuenow={slot ?? 0}
      aria-valuetext={slot === null ? 'No slot picked out' : slotSentence(ring, table(ring), slot)}
      aria-keyshortcuts="ArrowLeft ArrowRight PageUp PageDown Home End N P Enter Escape"
      {...pointer}
    >
      {seat !== null && <SeatFocus seat={seat} />}
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        aria-hidden="true"
        className="absolute inset-0 size-full"
        data-mode={shownMode}
      >
        <RingPicture ring={ring} />
        {hovered !== null && hovered !== slot && <RingMarker slot={hovered} pinned={false} />}
        {slot !== null && <RingMarker slot={slot} pinned />}
      </svg>
      <RingLabels />
      <RingCenter />
      {/* Above all else: what is above it would have to be put together with it again for each of its pictures. */}
      <TrafficCanvas heat={shownMode === 'load'} paused={trafficPaused} />
    </div>
  );
}

function RingPicture({ ring }: { readonly ring: RingView }) {
  const { arcs, band } = useRingPicture(ring, useSelection().selection.mode);
  return (
    <>
      <RingTicks virtualNodes={ring.virtualNodes} />
      <RingArcs arcs={arcs} />
      <RingBand arcs={band} />
    </>
  );
}

/** Picking a replica out greys the rest by one rule of CSS: no arc is drawn again. */
function SeatFocus({ seat }: { readonly seat: number }) {
  return <style>{`.ring-square .arc{opacity:.16}.ring-square .arc[data-seat="${seat}"]{opacity:1}`}</style>;
}
