const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const SPANS = ['15m', '1h', '6h', '24h'] as const;
/** How much time the slider spans. */
export type Span = (typeof SPANS)[number];

export const SPAN_MS: Readonly<Record<Span, number>> = {
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '24h': 24 * HOUR,
};

export const SPAN_OPTIONS: readonly { readonly value: Span; readonly word: string }[] = [
  { value: '15m', word: '15 min' },
  { value: '1h', word: '1 h' },
  { value: '6h', word: '6 h' },
  { value: '24h', word: '24 h' },
];

/** A stretch of wall time, ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What the slider spans: the time up to now while the moment is in it, else one around the moment, which stands still
 * while the moment moves through its middle half.
 */
export function windowOf(at: number, spanMs: number, now: number): Stretch {
  if (at > now - spanMs) return { from: now - spanMs, to: now };
  const half = spanMs / 2;
  const from = Math.floor(at / half) * half - half / 2;
  return { from, to: from + spanMs };
}

/** The past is read in pieces of this length, ms. */
const PIECE_MS = 120_000;
/** A moment shows the two minutes before it. */
const LEAD_MS = 120_000;

/** The piece a moment is in, with what its first moment needs before it. */
export function pieceOf(at: number): Stretch {
  const begin = Math.floor(at / PIECE_MS) * PIECE_MS;
  return { from: begin - LEAD_MS, to: begin + PIECE_MS };
}

/** Without a moment in the link the replay begins this long ago, ms. */
const BEGIN_MS = 60_000;
/** When the first figures of a balancer are there, ms after its start. */
const FIRST_FIGURES_MS = 2_000;

/** Where a replay begins: a minute ago, or with the first figures where that is not a minute ago. */
export function beginningOf(now: number, startedAt: number): number {
  return Math.max(now - BEGIN_MS, Math.min(now, startedAt + FIRST_FIGURES_MS));
}

interface Timed {
  readonly at: number;
}

/** The nearest moment something happened after one, or before it; null when there is none. */
export function neighbour(events: readonly Timed[], at: number, direction: 1 | -1): number | null {
  const times = events.map((event) => event.at).filter((time) => (direction === 1 ? time > at : time < at));
  if (times.length === 0) return null;
  return direction === 1 ? Math.min(...times) : Math.max(...times);
}
