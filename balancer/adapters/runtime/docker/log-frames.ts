import type { LogLine } from '../../../core/ports.ts';

const HEADER_BYTES = 8;
const STDERR = 2;
/** What a line without end is cut to, so that it cannot fill the memory. */
const LONGEST_LINE = 16_384;

/**
 * Reads the multiplexed output of a container without a terminal: frames of one byte for the stream, three of nothing,
 * four for the length, then as many bytes. Lines may span frames, and frames the chunks they arrive in.
 */
export class LogFrames {
  #pending: Buffer = Buffer.alloc(0);
  readonly #rest = { stdout: '', stderr: '' };

  /** The lines that `chunk` completes. Each begins with its time, as `timestamps=1` asks for. */
  push(chunk: Buffer): readonly LogLine[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const lines: LogLine[] = [];
    while (this.#pending.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + this.#pending.readUInt32BE(4);
      if (this.#pending.length < end) break;
      const stream = this.#pending[0] === STDERR ? 'stderr' : 'stdout';
      lines.push(...this.#take(stream, this.#pending.toString('utf8', HEADER_BYTES, end)));
      this.#pending = this.#pending.subarray(end);
    }
    return lines;
  }

  #take(stream: 'stdout' | 'stderr', text: string): readonly LogLine[] {
    const parts = (this.#rest[stream] + text).split('\n');
    this.#rest[stream] = (parts.pop() ?? '').slice(0, LONGEST_LINE);
    return parts.map((part) => toLine(stream, part));
  }
}

function toLine(stream: 'stdout' | 'stderr', text: string): LogLine {
  const space = text.indexOf(' ');
  const at = Date.parse(text.slice(0, space));
  return { at, stream, text: text.slice(space + 1, space + 1 + LONGEST_LINE).replace(/\r$/, '') };
}
