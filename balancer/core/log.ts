/** What the loops say for people to read later; pino fits it. Fields first, then plain words. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** An error's message for people: no stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
