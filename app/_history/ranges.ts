const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const RANGES = ['5m', '1h', '6h', '1d', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

export const RANGE_MS: Readonly<Record<Range, number>> = {
  '5m': 5 * MINUTE,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '1d': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};

export const RANGE_OPTIONS: readonly { readonly value: Range; readonly word: string }[] = [
  { value: '5m', word: '5 min' },
  { value: '1h', word: '1 h' },
  { value: '6h', word: '6 h' },
  { value: '1d', word: '1 day' },
  { value: '7d', word: '7 days' },
  { value: '30d', word: '30 days' },
];
