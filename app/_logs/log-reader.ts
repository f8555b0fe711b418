import { type LogLineView, logLine } from '#lib/api/admin.ts';

/** Cuts a stream of text into whole lines; what has no end yet waits. */
export class LineCutter {
  #rest = '';

  push(text: string): string[] {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    return parts.filter((line) => line !== '');
  }
}

/** One NDJSON line; null when it is none of ours. */
export function parseLogLine(text: string): LogLineView | null {
  try {
    const parsed = logLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export type LogEnd = { readonly kind: 'ended' } | { readonly kind: 'refused'; readonly message: string };

/** Follows a replica's log until it ends or the signal aborts. */
export async function followLog(
  name: string,
  tail: number,
  onLines: (lines: readonly LogLineView[]) => void,
  signal: AbortSignal,
): Promise<LogEnd> {
  const response = await fetch(`/api/replicas/${encodeURIComponent(name)}/logs?tail=${tail}&follow=1`, { signal });
  if (!response.ok || response.body === null) return { kind: 'refused', message: await refusalOf(response) };
  const cutter = new LineCutter();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { kind: 'ended' };
    const lines = cutter.push(value).flatMap((line) => parseLogLine(line) ?? []);
    if (lines.length > 0) onLines(lines);
  }
}

async function refusalOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { message?: string } | null;
  return body?.message ?? `The panel answered ${response.status}.`;
}
