import { memo } from 'react';
import type { Arc } from './arcs.ts';
import { angleOf, arcPath, CENTER, pointAt, RADIUS } from './geometry.ts';
import { fillOf, identityOf } from './identity.ts';

const ARC_GAP = 1.6;

interface ArcsProps {
  readonly arcs: readonly Arc[];
}

/** The ownership arcs. Drawn again only when the ring, a status or the mode changes. */
export const RingArcs = memo(function RingArcs({ arcs }: ArcsProps) {
  return (
    <g data-layer="arcs">
      {arcs.map((arc) => (
        <path
          key={`${arc.start}-${arc.seat}`}
          className="arc arc-new"
          data-seat={arc.seat}
          data-kind={arc.kind}
          d={arcPath(arc.start, arc.length, RADIUS.arcInner, RADIUS.arcOuter, ARC_GAP)}
          style={arcStyle(arc)}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </g>
  );
});

/** How a slot of an arc is filled. */
export function arcStyle({ seat, kind }: Pick<Arc, 'seat' | 'kind'>): React.CSSProperties {
  if (seat === 0) return { fill: 'var(--raised)' };
  switch (kind) {
    case 'full':
      return { fill: fillOf(seat) };
    case 'away':
      return { fill: `url(#away-${seat})`, stroke: identityOf(seat).color, strokeWidth: 1 };
    case 'faint':
      return { fill: 'var(--raised)' };
    case 'neutral':
      return { fill: 'var(--edge)' };
    case 'good':
      return { fill: 'var(--good)' };
    default:
      return { fill: `url(#tone-${kind})` };
  }
}

/** Who answers where the owner does not: a thin band inside the arcs. */
export const RingBand = memo(function RingBand({ arcs }: ArcsProps) {
  return (
    <g data-layer="band">
      {arcs.map((arc) => (
        <path
          key={`${arc.start}-${arc.seat}`}
          className="arc"
          data-seat={arc.seat}
          d={arcPath(arc.start, arc.length, RADIUS.bandInner, RADIUS.bandOuter, 0.8)}
          style={{ fill: fillOf(arc.seat) }}
        />
      ))}
    </g>
  );
});

interface TicksProps {
  readonly virtualNodes: readonly { readonly slot: number; readonly seat: number }[];
}

/** A tick at the end of each virtual node's stretch. */
export const RingTicks = memo(function RingTicks({ virtualNodes }: TicksProps) {
  const crowded = virtualNodes.length > 180;
  return (
    <g data-layer="ticks">
      {virtualNodes.map(({ slot, seat }) => {
        const angle = angleOf(slot + 0.5);
        const from = pointAt(angle, RADIUS.tickInner);
        const to = pointAt(angle, crowded ? RADIUS.tickOuter - 5 : RADIUS.tickOuter);
        return (
          <line
            key={slot}
            className="arc"
            data-seat={seat}
            x1={from.x.toFixed(2)}
            y1={from.y.toFixed(2)}
            x2={to.x.toFixed(2)}
            y2={to.y.toFixed(2)}
            style={{ stroke: identityOf(seat).color, strokeWidth: crowded ? 1 : 2 }}
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
    </g>
  );
});

const LABELLED = [0, 64, 128, 192, 256, 320, 384, 448] as const;

/** Slot numbers every 64, as HTML: their size does not shrink with the ring. */
export function RingLabels() {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 font-mono text-[0.6875rem] text-muted">
      {LABELLED.map((slot) => {
        const angle = angleOf(slot);
        const { x, y } = pointAt(angle, RADIUS.label + 4);
        // Type does not shrink with the ring: where that is small, only pixels keep it off the ticks.
        const off = pointAt(angle, 5);
        return (
          <span
            key={slot}
            className="-translate-x-1/2 -translate-y-1/2 absolute"
            style={{ left: `calc(${x / 10}% + ${off.x - CENTER}px)`, top: `calc(${y / 10}% + ${off.y - CENTER}px)` }}
          >
            {slot}
          </span>
        );
      })}
    </div>
  );
}
