import { identityOf } from '../_ring/identity.ts';

interface Colored {
  /** 0: gathered from several replicas. */
  readonly seat: number;
  readonly color?: string;
}

/** The CSS colour of a line: its own, else its seat's. */
export function lineColor({ seat, color }: Colored): string {
  return color ?? (seat === 0 ? 'var(--muted)' : identityOf(seat).color);
}
