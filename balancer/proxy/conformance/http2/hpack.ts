import type { Field } from './frames.ts';
import { fromHuffman } from './huffman.ts';

/** RFC 7541, appendix A: `name` or `name=value`, in order. */
const STATIC: readonly Field[] = `
:authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|:status=204|:status=206
:status=304|:status=400|:status=404|:status=500|accept-charset|accept-encoding=gzip, deflate|accept-language|accept-ranges
accept|access-control-allow-origin|age|allow|authorization|cache-control|content-disposition|content-encoding|content-language
content-length|content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match|if-modified-since
if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range
referer|refresh|retry-after|server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate`
  .trim()
  .split(/[|\n]/)
  .map((entry): Field => {
    const [name = '', value = ''] = entry.split('=');
    return [name, value];
  });

export const DEFAULT_TABLE_BYTES = 4096;
const ENTRY_OVERHEAD_BYTES = 32;

function sizeOf([name, value]: Field): number {
  return name.length + value.length + ENTRY_OVERHEAD_BYTES;
}

/** The static and the dynamic table as one (RFC 7541, 2.3). */
export class HpackTable {
  #dynamic: Field[] = [];
  #limitBytes = DEFAULT_TABLE_BYTES;

  /** Undefined for index 0 and those beyond the end. */
  at(index: number): Field | undefined {
    return index <= STATIC.length ? STATIC[index - 1] : this.#dynamic[index - STATIC.length - 1];
  }

  get length(): number {
    return STATIC.length + this.#dynamic.length;
  }

  /** The places of all entries for which `isWanted` holds. */
  find(isWanted: (entry: Field) => boolean): number[] {
    return [...STATIC, ...this.#dynamic].flatMap((entry, i) => (isWanted(entry) ? [i + 1] : []));
  }

  add(entry: Field): void {
    this.#dynamic.unshift(entry);
    this.#evict();
  }

  resize(limitBytes: number): void {
    this.#limitBytes = limitBytes;
    this.#evict();
  }

  #evict(): void {
    let bytes = 0;
    const kept = this.#dynamic.findIndex((entry) => {
      bytes += sizeOf(entry);
      return bytes > this.#limitBytes;
    });
    if (kept >= 0) this.#dynamic = this.#dynamic.slice(0, kept);
  }
}

/** More is no number that anybody means. */
const MAX_INTEGER = 2 ** 32;

/** What breaks the rules of compression, and with it the connection (RFC 9113, 4.3). */
class CompressionError extends Error {}

/** Reads the parts of one block. */
class BlockReader {
  readonly #bytes: string;
  #at = 0;

  constructor(bytes: string) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  get first(): number {
    return this.#bytes.charCodeAt(this.#at);
  }

  #byte(): number {
    if (this.isDone) throw new CompressionError('the block ends in a field');
    return this.#bytes.charCodeAt(this.#at++);
  }

  /** RFC 7541, 5.1. */
  integer(prefixBits: number): number {
    const full = 2 ** prefixBits - 1;
    let value = this.#byte() % 2 ** prefixBits;
    if (value < full) return value;
    for (let scale = 1, byte = 0x80; byte >= 0x80; scale *= 128) {
      byte = this.#byte();
      value += (byte % 128) * scale;
      if (value > MAX_INTEGER || scale > MAX_INTEGER) throw new CompressionError('a number too large');
    }
    return value;
  }

  /** RFC 7541, 5.2. */
  string(): string {
    const isCoded = this.first >= 0x80;
    const length = this.integer(7);
    const bytes = this.#bytes.slice(this.#at, this.#at + length);
    if (bytes.length < length) throw new CompressionError('a string longer than its block');
    this.#at += length;
    const text = isCoded ? fromHuffman(bytes) : bytes;
    if (text === undefined) throw new CompressionError('a Huffman code that is none');
    return text;
  }
}

/** Reads the header blocks of one side of a connection, in order, as RFC 7541 has it. */
export class HpackReader {
  readonly #table = new HpackTable();
  readonly #maxTableBytes: number;

  /** `maxTableBytes`: what the other side was told in SETTINGS_HEADER_TABLE_SIZE. */
  constructor(maxTableBytes: number) {
    this.#maxTableBytes = maxTableBytes;
  }

  /** The fields of a block; a text says what is wrong with it. */
  read(block: string): readonly Field[] | string {
    const reader = new BlockReader(block);
    const fields: Field[] = [];
    try {
      while (!reader.isDone) {
        const field = this.#next(reader, fields.length === 0);
        if (field !== undefined) fields.push(field);
      }
      return fields;
    } catch (error) {
      if (error instanceof CompressionError) return error.message;
      throw error;
    }
  }

  #next(reader: BlockReader, isAtStart: boolean): Field | undefined {
    const { first } = reader;
    if (first >= 0x80) return this.#entry(reader.integer(7));
    if (first >= 0x40) {
      const field = this.#literal(reader, 6);
      this.#table.add(field);
      return field;
    }
    if (first < 0x20) return this.#literal(reader, 4);
    if (!isAtStart) throw new CompressionError('a change of the table behind a field');
    const limit = reader.integer(5);
    if (limit > this.#maxTableBytes) throw new CompressionError('a table larger than allowed');
    this.#table.resize(limit);
    return undefined;
  }

  #literal(reader: BlockReader, prefixBits: number): Field {
    const index = reader.integer(prefixBits);
    const name = index === 0 ? reader.string() : this.#entry(index)[0];
    return [name, reader.string()];
  }

  #entry(index: number): Field {
    const entry = this.#table.at(index);
    if (entry === undefined) throw new CompressionError(`no entry ${index}`);
    return entry;
  }
}
