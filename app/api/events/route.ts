import { relayStream } from '../../_server/read.ts';

const EVENT_ID = /^[\w-]{1,80}$/;

/** The live stream. `Last-Event-ID` (set by the browser) or `after` (a page that already has a snapshot) resumes it. */
export async function GET(request: Request): Promise<Response> {
  const after = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after');
  const resume = after !== null && EVENT_ID.test(after) ? { 'last-event-id': after } : {};
  return await relayStream(request, '/_ring/v1/events', resume);
}
