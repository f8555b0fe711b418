import { closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from '../../../core/ports.ts';

/** A file that has grown beyond this is emptied once it was read. */
const LARGEST_FILE_BYTES = 1 << 20;
/** Read at most this much at once; of what is more only the end is kept. */
const LARGEST_READ_BYTES = 1 << 20;
const KEPT_LINES = 2000;
const KEPT_CHARACTERS = 1 << 20;
const LONGEST_LINE = 16_384;

/**
 * What one process prints. It writes to files of its own accord, so that it neither blocks nor breaks when the
 * balancer dies; lines get the time at which they were read. Files stay bounded as long as somebody reads.
 */
export class LogFiles {
  readonly #streams: readonly StreamFile[];
  readonly #lines: LogLine[] = [];
  /** Lines ever read: the number of the next one. */
  #count = 0;
  #characters = 0;

  constructor(paths: { readonly stdout: string; readonly stderr: string }) {
    this.#streams = [new StreamFile('stdout', paths.stdout), new StreamFile('stderr', paths.stderr)];
  }

  /** Reads what was printed since the last time. */
  pull(wallTime: number): void {
    for (const stream of this.#streams) {
      for (const text of stream.read()) this.#add({ at: wallTime, stream: stream.name, text });
    }
  }

  /** Where the last `tail` lines begin. */
  positionOfTail(tail: number): number {
    return this.#count - Math.min(tail, this.#lines.length);
  }

  /** The lines from a position on, and the position after them. Lines no longer kept are left out. */
  from(position: number): { readonly lines: readonly LogLine[]; readonly next: number } {
    const missing = this.#count - Math.max(position, this.#count - this.#lines.length);
    return { lines: missing === 0 ? [] : this.#lines.slice(-missing), next: this.#count };
  }

  #add(line: LogLine): void {
    this.#lines.push(line);
    this.#count++;
    this.#characters += line.text.length;
    if (this.#lines.length > KEPT_LINES * 2 || this.#characters > KEPT_CHARACTERS * 2) this.#forgetOldest();
  }

  /** Forgets about half at a time, so that it costs next to nothing a line. */
  #forgetOldest(): void {
    let dropped = 0;
    while (this.#lines.length - dropped > KEPT_LINES || this.#characters > KEPT_CHARACTERS) {
      this.#characters -= this.#lines[dropped]?.text.length ?? 0;
      dropped++;
    }
    this.#lines.splice(0, dropped);
  }
}

class StreamFile {
  readonly name: 'stdout' | 'stderr';
  readonly #path: string;
  /** Keeps the first bytes of a character whose last are not written yet. */
  readonly #decoder = new StringDecoder('utf8');
  #offset = 0;
  #rest = '';

  constructor(name: 'stdout' | 'stderr', path: string) {
    this.name = name;
    this.#path = path;
  }

  /** The whole lines that are new; the beginning of an unfinished one is kept for the next time. */
  read(): readonly string[] {
    const parts = (this.#rest + this.#readBytes()).split('\n');
    this.#rest = (parts.pop() ?? '').slice(0, LONGEST_LINE);
    return parts.map((part) => part.replace(/\r$/, '').slice(0, LONGEST_LINE));
  }

  #readBytes(): string {
    let file: number;
    try {
      file = openSync(this.#path, 'r');
    } catch {
      return '';
    }
    try {
      return this.#readNew(file);
    } finally {
      closeSync(file);
    }
  }

  #readNew(file: number): string {
    const size = fstatSync(file).size;
    if (size < this.#offset) this.#offset = 0;
    if (size === this.#offset) return '';
    const start = Math.max(this.#offset, size - LARGEST_READ_BYTES);
    const bytes = Buffer.alloc(size - start);
    const length = readSync(file, bytes, 0, bytes.length, start);
    this.#offset = start + length;
    if (this.#offset > LARGEST_FILE_BYTES) this.#empty();
    return this.#decoder.write(bytes.subarray(0, length));
  }

  /** The process appends, so what it writes next begins the file anew. A line written at this moment may be lost. */
  #empty(): void {
    truncateSync(this.#path, 0);
    this.#offset = 0;
  }
}
