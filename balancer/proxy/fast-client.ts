import type { ProxyErrorCode } from './errors.ts';
import type { Proto } from './forwarded.ts';
import type { RequestHead } from './request-head.ts';
import type { Wire } from './wire.ts';

/** What the exchange needs of the client's connection. */
export interface FastClient {
  readonly wire: Wire;
  readonly address: string;
  readonly isTrusted: boolean;
  readonly proto: Proto;
  /** The head being served; it stays as it is until the exchange is over. */
  readonly head: RequestHead;
  /** Is the request's body still coming? */
  readonly awaitsBody: boolean;
  /** The answer is out. */
  onAnswered(): void;
  /** There is none: answer with this error. */
  onRefused(code: ProxyErrorCode): void;
  /** The answer broke off after its beginning: the client must not take it for the whole. */
  onBroken(): void;
  /** Restarts the deadline for what is being waited for now. */
  watch(ms: number): void;
  resumeReading(): void;
  /** It takes less than there is. */
  watchPace(): void;
  /** Both sides speak another protocol from here on. */
  onTunnel(): void;
}
