/** Primary result codes (sqlite.org/rescode.html). */
const BUSY = 5;
const IO_ERROR = 10;
const FULL = 13;

/** `locked`: another process has the file. `no-room`: the disk takes or gives no more, the file may be well. */
export function causeOf(error: unknown): 'locked' | 'no-room' | 'damage' {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  if (code === BUSY) return 'locked';
  return code === IO_ERROR || code === FULL ? 'no-room' : 'damage';
}
