import type { ProxyErrorCode } from './errors.ts';
import type { FlatFields } from './general-fields.ts';

export type Trailers = Readonly<Record<string, string | string[] | undefined>>;

/** Where the general lane's answer goes: to a client of HTTP/1, or into a stream of HTTP/2. */
export interface ClientAnswer {
  /** Has the final answer's head been sent? */
  readonly hasBegun: boolean;
  /** 102, 103…: something ahead of the answer. Clients that would not understand it do not get it. */
  inform(status: number, reason: string, fields: FlatFields): void;
  begin(status: number, reason: string, fields: readonly string[]): void;
  /** False: no more until the client has taken what there is. */
  write(chunk: Buffer): boolean;
  onceDrained(resume: () => void): void;
  end(trailers: Trailers): void;
  /** Answers with an error of our own; where an answer has begun, cuts it. */
  refuse(code: ProxyErrorCode): void;
  /** Cuts the answer, so that nobody takes what came for the whole. */
  cut(): void;
  /** Calls back once when the client goes away before the end; returns what calls that off. */
  onGone(listener: () => void): () => void;
}
