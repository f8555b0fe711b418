import { createHmac } from 'node:crypto';

/** `whsec_` and base64 is how Standard Webhooks writes secrets; any other text is taken as it is. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
}

/** The header `webhook-signature` (Standard Webhooks 1.0): HMAC-SHA256 of id, time in seconds and body. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const digest = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return `v1,${digest}`;
}
