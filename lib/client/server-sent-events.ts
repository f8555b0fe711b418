/** One server-sent event, as HTML's living standard parses it. */
export interface ServerSentEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/** The text of a body, piece by piece; a character cut in two is put together again. */
export async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Lines of a body, without their ends; a last one without an end is dropped. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of textOf(body)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

interface Draft {
  id: string | null;
  event: string;
  readonly data: string[];
}

function emptyDraft(): Draft {
  return { id: null, event: 'message', data: [] };
}

function takeField(draft: Draft, line: string): void {
  const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
  if (field === 'id') draft.id = value;
  if (field === 'event') draft.event = value;
  if (field === 'data') draft.data.push(value);
}

/** Parses a `text/event-stream` body. Comments and fields it does not know are passed over. */
export async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let draft = emptyDraft();
  for await (const line of linesOf(body)) {
    if (line !== '') {
      takeField(draft, line);
      continue;
    }
    if (draft.data.length > 0) yield { ...draft, data: draft.data.join('\n') };
    draft = emptyDraft();
  }
}
