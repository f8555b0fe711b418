/** Every code a refusal can carry, with its HTTP status. Codes are stable; texts may change (the contract's do not). */
export const ERROR_STATUS = {
  /** The body is no JSON object, or the query does not parse. */
  'bad-request': 400,
  /** `n` is no whole number from 1 to the limit. */
  'bad-count': 400,
  /** A name is no valid hostname label, or the list is none. */
  'bad-name': 400,
  'too-many-names': 400,
  'name-repeated': 400,
  'name-taken': 409,
  'name-unknown': 404,
  /** More than the ring holds, or than there are replicas. */
  'too-many': 400,
  /** A bearer token is needed for this call, and it is missing or wrong. */
  unauthorized: 401,
  /** The token given may look, but not change. */
  'read-only': 403,
  /** A browser on another site made this call. */
  'cross-site': 403,
  /** The Host header names a host this balancer does not answer for. */
  'unknown-host': 403,
  'no-such-replica': 404,
  'not-found': 404,
  'method-not-allowed': 405,
  /** The replica's state does not allow it: pausing what is paused, killing what is dead. */
  conflict: 409,
  'body-too-large': 413,
  /** The runtime cannot do this: fixed upstreams have no life cycle. */
  unsupported: 409,
  /** Receivers of alerts are set on the command line only. */
  'webhooks-fixed': 403,
  internal: 500,
  /** The disk did not take the change, so it was not made. */
  'not-saved': 503,
  /** A new replica did not start, or did not become healthy. */
  'start-failed': 503,
  /** The runtime does not answer; for Docker: the daemon is gone. */
  'runtime-unreachable': 503,
  /** The balancer is shutting down. */
  stopping: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;
export const ERROR_CODES = Object.keys(ERROR_STATUS) as readonly ErrorCode[];

/** A refusal on its way to the client: a code and a message that names what is wrong, without the `<Error> `. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A value, or why there is none. Expected refusals are results, not exceptions. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function accepted<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refused(code: ErrorCode, message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message } };
}
