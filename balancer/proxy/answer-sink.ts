import type { AnswerHead, Asked } from './answer-head.ts';

/** Why an upstream connection could not finish its answer. */
export type UpstreamFault = 'refused' | 'timeout' | 'reset' | 'invalid';

/** Takes the answer of one request. */
export interface AnswerSink {
  readonly asked: Asked;
  /** The request is on its way. */
  onSent(): void;
  onInterim(head: AnswerHead): void;
  /** The head, and as much of the body as came with it and is to be passed on. */
  onHead(head: AnswerHead, body: string): void;
  /** More of the body as it is on the wire. The bytes are lent until `isClientBlocked` is false. */
  onBody(bytes: Buffer): void;
  onBodyText(text: string): void;
  readonly isClientBlocked: boolean;
  onAnswerEnd(): void;
  onFault(fault: UpstreamFault, detail: string): void;
  /** The replica takes bytes again. */
  onUpstreamDrain(): void;
}
