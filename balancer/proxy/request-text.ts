import { type ForwardedClaim, forwardedElement, forwardedValues } from './forwarded.ts';
import type { Peer } from './general-fields.ts';
import type { RequestHead } from './request-head.ts';

/** A request's header section as the fast lane sends it; `via`: what we call ourselves there, empty: nothing. */
export function requestText(head: RequestHead, { address, isTrusted, proto }: Peer, via: string): string {
  const claim: ForwardedClaim = {
    client: head.forwardedFor,
    proto: head.forwardedProto,
    host: head.forwardedHost,
  };
  const told = forwardedValues(address, proto, head.host, claim, isTrusted);
  const host = told.host === '' ? '' : `X-Forwarded-Host: ${told.host}\r\n`;
  const isChain = isTrusted && head.forwarded !== '';
  const chain = isChain ? `Forwarded: ${head.forwarded}, ${forwardedElement(address, proto)}\r\n` : '';
  // Nothing but HTTP/1.1 takes this lane.
  const ours = via === '' ? '' : `Via: 1.1 ${via}\r\n`;
  const upgrade = head.isWebSocket ? 'Connection: Upgrade\r\nUpgrade: websocket\r\n' : '';
  return `${head.kept}X-Forwarded-For: ${told.for}\r\nX-Forwarded-Proto: ${told.proto}\r\n${host}${chain}${ours}${upgrade}\r\n`;
}
