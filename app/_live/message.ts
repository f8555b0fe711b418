import type { StreamMessage } from '#lib/api/events.ts';

/** Every type of message this panel knows. */
export const MESSAGE_TYPES = [
  'hello',
  'event',
  'replica',
  'replica-gone',
  'ring',
  'incident',
  'alert',
  'alert-settings',
  'traffic',
  'second',
] as const;

function isKnown(type: string): type is StreamMessage['type'] {
  return MESSAGE_TYPES.some((known) => known === type);
}

/**
 * One server-sent event as a message; null when it is none of ours, which a newer balancer may send. Only its outline is
 * checked: it comes from our own server, in the version of this page, and looking at every figure of 56 replicas each
 * second takes longer than drawing them, with 34 KB of code that the first view would wait for.
 */
export function parseMessage(type: string, text: string): StreamMessage | null {
  try {
    const data: unknown = JSON.parse(text);
    if (!isKnown(type) || typeof data !== 'object' || data === null) return null;
    return { type, data } as StreamMessage;
  } catch {
    return null;
  }
}
