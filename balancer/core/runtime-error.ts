export const RUNTIME_ERROR_CODES = [
  /** No such instance. */
  'not-found',
  /** Something outside this fleet holds the name. */
  'name-taken',
  /** The runtime does not answer (the Docker daemon is down). */
  'unreachable',
  /** The image is missing and cannot be built or pulled. */
  'image-missing',
  /** The program could not be started, or exited at once. */
  'start-failed',
  /** The runtime cannot do this at all (`static` has no life cycle). */
  'unsupported',
  /** The instance is in a state that does not allow it (pausing what is paused). */
  'conflict',
] as const;
export type RuntimeErrorCode = (typeof RUNTIME_ERROR_CODES)[number];

/** A runtime's refusal or failure. `message` is for people and holds no stack. */
export class RuntimeError extends Error {
  readonly code: RuntimeErrorCode;
  constructor(code: RuntimeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RuntimeError';
    this.code = code;
  }
}
