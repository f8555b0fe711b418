'use client';

import { memo, type PointerEvent, useMemo } from 'react';
import type { RingView } from '#lib/api/state.ts';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import { useLive } from '../_live/provider.tsx';
import { Panel } from '../_ui/panel.tsx';
import type { Arc, RingMode } from './arcs.ts';
import { arcStyle } from './ring-layers.tsx';
import { useSelection } from './selection.tsx';
import { useRingPicture } from './use-ring-picture.ts';

const COLUMNS = 32;
const ROWS = SLOT_COUNT / COLUMNS;
/** Units, not pixels: twice what is drawn, so that textures come out half as coarse. */
const CELL = 32;

/** What the grid shows in a mode of the ring; load is drawn on the ring alone, slot by slot as it comes. */
const TITLES: Readonly<Record<RingMode, string>> = {
  owner: 'Owners of slots 0 to 511, 32 a row',
  load: 'Owners of slots 0 to 511, 32 a row',
  change: 'Last change of slots 0 to 511, 32 a row',
  health: 'Health of the owners of slots 0 to 511, 32 a row',
};
const PREVIEW_TITLE = 'What would change of slots 0 to 511, 32 a row';

/** The same 512 slots where each is large enough to point at: 16 rows of 32, in step with the ring. */
export function SlotGrid() {
  const ring = useLive(({ state }) => state?.ring ?? null);
  const { mode, preview } = useSelection().selection;
  return (
    <Panel title={preview === null ? TITLES[mode] : PREVIEW_TITLE} className="shrink-0 border-line border-b">
      {ring === null ? <p className="text-muted">The ring is not known yet.</p> : <Grid ring={ring} />}
    </Panel>
  );
}

function Grid({ ring }: { readonly ring: RingView }) {
  const { selection, select } = useSelection();
  const { arcs, band } = useRingPicture(ring, selection.mode === 'load' ? 'owner' : selection.mode);
  const slotOf = (event: PointerEvent): number | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * COLUMNS);
    const row = Math.floor(((event.clientY - box.top) / box.height) * ROWS);
    const inside = column >= 0 && column < COLUMNS && row >= 0 && row < ROWS;
    return inside ? row * COLUMNS + column : null;
  };
  return (
    <svg
      viewBox={`0 0 ${COLUMNS * CELL} ${ROWS * CELL}`}
      className="ring-square-grid w-full cursor-crosshair touch-manipulation"
      aria-hidden="true"
      onPointerMove={(event) => select({ hovered: slotOf(event) })}
      onPointerLeave={() => select({ hovered: null })}
      onPointerDown={(event) => select({ slot: slotOf(event), key: '' })}
    >
      <Cells arcs={arcs} band={band} seat={selection.seat} />
      {selection.hovered !== null && <CellMark slot={selection.hovered} />}
      {selection.slot !== null && <CellMark slot={selection.slot} />}
    </svg>
  );
}

interface CellsProps {
  readonly arcs: readonly Arc[];
  readonly band: readonly Arc[];
  readonly seat: number | null;
}

const Cells = memo(function Cells({ arcs, band, seat }: CellsProps) {
  const inner = useMemo(() => bySlot(band), [band]);
  return [...bySlot(arcs)].map(([slot, arc]) => {
    const x = (slot % COLUMNS) * CELL;
    const y = Math.floor(slot / COLUMNS) * CELL;
    const within = inner.get(slot);
    const opacity = seat === null || seat === arc.seat || seat === within?.seat ? 1 : 0.15;
    return (
      <g key={slot} opacity={opacity}>
        <rect x={x + 1} y={y + 1} width={CELL - 2} height={CELL - 2} style={{ ...arcStyle(arc), stroke: 'none' }} />
        {within !== undefined && (
          <rect x={x + 8} y={y + 8} width={CELL - 16} height={CELL - 16} style={arcStyle(within)} />
        )}
      </g>
    );
  });
});

/** The arc of each slot that is in one. */
function bySlot(arcs: readonly Arc[]): Map<number, Arc> {
  const slots = arcs.flatMap((arc) =>
    Array.from({ length: arc.length }, (_, n) => [(arc.start + n) % SLOT_COUNT, arc] as const),
  );
  return new Map(slots);
}

function CellMark({ slot }: { readonly slot: number }) {
  return (
    <rect
      x={(slot % COLUMNS) * CELL}
      y={Math.floor(slot / COLUMNS) * CELL}
      width={CELL}
      height={CELL}
      fill="none"
      style={{ stroke: 'var(--ink)' }}
      strokeWidth="4"
    />
  );
}
