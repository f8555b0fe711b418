import { failure } from '../api/contract.ts';
import { ERROR_CODES, type ErrorCode } from '../api/errors.ts';

/** A refusal by the balancer, or an answer that is none of its own. */
export class ApiError extends Error {
  readonly status: number;
  /** null on the contract's own paths, and when something in between answered. */
  readonly code: ErrorCode | null;

  constructor(status: number, code: ErrorCode | null, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

/** The error that an answer with a status of 400 and above stands for. */
export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    const { message, code } = failure.parse(JSON.parse(text));
    const known = ERROR_CODES.find((other) => other === code) ?? null;
    return new ApiError(response.status, known, message.replace(/^<Error> /, ''));
  } catch {
    return new ApiError(response.status, null, `HTTP ${response.status}: ${text.slice(0, 200)}`);
  }
}
