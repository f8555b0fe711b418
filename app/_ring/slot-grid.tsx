'use client';

import { memo, type PointerEvent, useMemo } from 'react';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import { useLive } from '../_live/provider.tsx';
import { fillOf } from './identity.ts';
import { useSelection } from './selection.tsx';

const COLUMNS = 32;
const ROWS = SLOT_COUNT / COLUMNS;
/** Units, not pixels: twice what is drawn, so that textures come out half as coarse. */
const CELL = 32;

/** The same 512 slots where each is large enough to point at: 16 rows of 32, in step with the ring. */
export function SlotGrid() {
  const ring = useLive(({ state }) => state?.ring ?? null);
  const { selection, select } = useSelection();
  const slotOf = (event: PointerEvent): number | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * COLUMNS);
    const row = Math.floor(((event.clientY - box.top) / box.height) * ROWS);
    const inside = column >= 0 && column < COLUMNS && row >= 0 && row < ROWS;
    return inside ? row * COLUMNS + column : null;
  };
  if (ring === null) return null;
  return (
    <svg
      viewBox={`0 0 ${COLUMNS * CELL} ${ROWS * CELL}`}
      className="ring-square-grid w-full cursor-crosshair touch-manipulation"
      aria-hidden="true"
      onPointerMove={(event) => select({ hovered: slotOf(event) })}
      onPointerLeave={() => select({ hovered: null })}
      onPointerDown={(event) => select({ slot: slotOf(event), key: '' })}
    >
      <Cells owner={ring.owner} serving={ring.serving} seat={selection.seat} />
      {selection.hovered !== null && <CellMark slot={selection.hovered} />}
      {selection.slot !== null && <CellMark slot={selection.slot} />}
    </svg>
  );
}

interface CellsProps {
  readonly owner: readonly number[];
  readonly serving: readonly number[];
  readonly seat: number | null;
}

const Cells = memo(function Cells({ owner, serving, seat }: CellsProps) {
  const cells = useMemo(() => owner.map((of, slot) => ({ slot, of, now: serving[slot] ?? 0 })), [owner, serving]);
  return cells.map(({ slot, of, now }) => {
    const x = (slot % COLUMNS) * CELL;
    const y = Math.floor(slot / COLUMNS) * CELL;
    const opacity = seat === null || seat === of || seat === now ? 1 : 0.15;
    return (
      <g key={slot} opacity={opacity}>
        <rect
          x={x + 1}
          y={y + 1}
          width={CELL - 2}
          height={CELL - 2}
          style={{ fill: of === now ? fillOf(of) : `url(#away-${of})` }}
        />
        {of !== now && <rect x={x + 8} y={y + 8} width={CELL - 16} height={CELL - 16} style={{ fill: fillOf(now) }} />}
      </g>
    );
  });
});

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
