import { type StreamMessage, streamMessage } from '#lib/api/events.ts';

/** One server-sent event as a message; null when it is none of ours, which a newer balancer may send. */
export function parseMessage(type: string, data: string): StreamMessage | null {
  try {
    const parsed = streamMessage.safeParse({ type, data: JSON.parse(data) as unknown });
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
