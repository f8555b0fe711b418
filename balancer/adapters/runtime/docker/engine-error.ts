import { RuntimeError, type RuntimeErrorCode } from '../../../core/runtime-error.ts';

/** What dockerode rejects with: an HTTP status and a body, or the error of a socket. */
interface EngineFailure {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message?: string;
  readonly json?: { readonly message?: string };
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);

/** Puts a failed call to the Engine in our terms; `what` says what was tried: "starting S1". */
export function toRuntimeError(error: unknown, what: string): RuntimeError {
  if (error instanceof RuntimeError) return error;
  const failure = (typeof error === 'object' && error !== null ? error : {}) as EngineFailure;
  const said = sayingOf(failure);
  if (failure.statusCode === undefined) {
    const gone = failure.code !== undefined && UNREACHABLE.has(failure.code);
    const message = gone ? `Docker does not answer (${failure.code})` : `${what} failed: ${said}`;
    return new RuntimeError('unreachable', message, { cause: error });
  }
  return new RuntimeError(codeOf(failure.statusCode, said), `${what} failed: ${said}`, { cause: error });
}

export function statusOf(error: unknown): number | undefined {
  if (error instanceof RuntimeError) return statusOf(error.cause);
  return (error as EngineFailure | undefined)?.statusCode;
}

function sayingOf(failure: EngineFailure): string {
  return failure.json?.message ?? failure.message ?? 'unknown error';
}

/** The Engine says with words what its statuses leave open. */
function codeOf(status: number, said: string): RuntimeErrorCode {
  if (status === 404) return /no such image|manifest|pull access denied/i.test(said) ? 'image-missing' : 'not-found';
  if (/name .* is already in use/i.test(said)) return 'name-taken';
  if (status === 409 || /is not paused|is already paused|is not running/i.test(said)) return 'conflict';
  return 'start-failed';
}

/** For `catch`: a failure with one of these statuses is as good as done. */
export function ignoreStatus(...statuses: readonly number[]): (error: unknown) => void {
  return (error) => {
    if (!statuses.includes(statusOf(error) ?? 0)) throw error;
  };
}
