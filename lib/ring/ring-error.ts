export const RING_ERROR_CODES = [
  /** All MAX_REPLICAS places are taken. */
  'ring-full',
  'name-taken',
  'name-unknown',
  'seat-taken',
  /** Not a whole number from 1 to MAX_SEAT. */
  'seat-invalid',
  /** Every seat number is in use or reserved. */
  'no-free-seat',
] as const;
export type RingErrorCode = (typeof RING_ERROR_CODES)[number];

/** A change that the ring refuses. `message` is for people. */
export class RingError extends Error {
  readonly code: RingErrorCode;
  constructor(code: RingErrorCode, message: string) {
    super(message);
    this.name = 'RingError';
    this.code = code;
  }
}
