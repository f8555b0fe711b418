import type { AnswerHead } from './answer-head.ts';
import { unknownEndpointBody } from './errors.ts';

/**
 * A replica's header section as the fast lane's client gets it. `signature` names the replica; `connection` says that
 * ours ends here, or nothing. Both are whole lines.
 */
export function answerText(head: AnswerHead, signature: string, connection: string): string {
  if (connection === '' && head.forClient !== '') return head.forClient;
  const date = head.hasDate ? '' : `Date: ${new Date().toUTCString()}\r\n`;
  const coding = head.framing === 'close' ? 'Transfer-Encoding: chunked\r\n' : '';
  const text = `${head.kept}${date}${coding}${signature}${connection}\r\n`;
  // A date of ours grows old.
  if (connection === '' && head.hasDate) head.forClient = text;
  return text;
}

/** The whole answer in the place of a replica's 404 where the contract asks for it; lines as above. */
export function unknownEndpointText(path: string, signature: string, connection: string): string {
  const body = Buffer.from(unknownEndpointBody(path), 'latin1').toString('latin1');
  return (
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
    `Date: ${new Date().toUTCString()}\r\n${signature}${connection}\r\n${body}`
  );
}
