import { angleOf, arcPath, pointAt, RADIUS } from './geometry.ts';

interface RingMarkerProps {
  readonly slot: number;
  readonly pinned: boolean;
}

/** Points at one slot: a cell outlined on the ring and a needle to it. */
export function RingMarker({ slot, pinned }: RingMarkerProps) {
  const angle = angleOf(slot + 0.5);
  const from = pointAt(angle, RADIUS.bandOuter);
  const to = pointAt(angle, RADIUS.trafficInner - 20);
  const weight = pinned ? 2 : 1;
  return (
    <g data-layer="marker" className="pointer-events-none" style={{ stroke: 'var(--ink)', fill: 'none' }}>
      <path
        d={arcPath(slot, 1, RADIUS.arcInner - 6, RADIUS.arcOuter + 6, 0)}
        strokeWidth={weight}
        vectorEffect="non-scaling-stroke"
      />
      <line
        x1={from.x.toFixed(2)}
        y1={from.y.toFixed(2)}
        x2={to.x.toFixed(2)}
        y2={to.y.toFixed(2)}
        strokeWidth={weight}
        vectorEffect="non-scaling-stroke"
      />
    </g>
  );
}
