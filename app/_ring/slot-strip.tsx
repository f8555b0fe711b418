import { runsOf } from './geometry.ts';
import { fillOf } from './identity.ts';

interface SlotStripProps {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** All 512 slots in a row, before and after: what moves keeps its colour, the rest is grey. */
export function SlotStrip({ before, after }: SlotStripProps) {
  const moved = (seats: readonly number[]) => seats.map((seat, slot) => (before[slot] === after[slot] ? -1 : seat));
  return (
    <svg
      viewBox="0 0 512 34"
      preserveAspectRatio="none"
      className="h-9 w-full"
      role="img"
      aria-label="Slots that move, before and after"
    >
      <Row seats={moved(before)} y={0} />
      <Row seats={moved(after)} y={18} />
    </svg>
  );
}

function Row({ seats, y }: { readonly seats: readonly number[]; readonly y: number }) {
  const straight = runsOf([...seats, -2]).filter((run) => run.seat !== -2);
  return straight.map((run) => (
    <rect
      key={run.start}
      x={run.start}
      y={y}
      width={run.length}
      height={16}
      style={{ fill: run.seat < 0 ? 'var(--raised)' : fillOf(run.seat) }}
    />
  ));
}
