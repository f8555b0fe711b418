/** Longer than any message the Engine sends; a stream that is no JSON at all must not fill the memory. */
const LONGEST_LINE = 1 << 20;

/** The JSON values of a stream, one a line; what cannot be parsed is passed over. Ends, without an error, when the stream breaks. */
export async function* jsonLines(stream: NodeJS.ReadableStream): AsyncIterable<unknown> {
  let rest = '';
  stream.setEncoding('utf8');
  try {
    for await (const chunk of stream) {
      const parts = (rest + String(chunk)).split('\n');
      rest = (parts.pop() ?? '').slice(0, LONGEST_LINE);
      for (const part of parts) {
        const value = parse(part);
        if (value !== undefined) yield value;
      }
    }
  } catch {
    // A broken connection ends with `aborted`, an error, or both.
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
