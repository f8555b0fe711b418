import type { Random } from '../random.ts';
import { type Field, integer, literal } from './frames.ts';
import { DEFAULT_TABLE_BYTES, HpackTable } from './hpack.ts';
import { huffman } from './huffman.ts';

/** RFC 7541, 6.2: first bits, bits left for the index. */
const INDEXING = [0x40, 6] as const;
const LITERALS = [INDEXING, [0, 4], [0x10, 4]] as const;

/** Writes header blocks in any of the ways that RFC 7541 knows to say the same. */
export class HpackWriter {
  readonly #random: Random;
  readonly #table = new HpackTable();

  constructor(random: Random) {
    this.#random = random;
  }

  block(fields: readonly Field[]): string {
    const change = this.#random.chance(0.1) ? this.#resize() : '';
    return change + fields.map((field) => this.#field(field)).join('');
  }

  #resize(): string {
    const limit = this.#random.pick([0, 40, 100, DEFAULT_TABLE_BYTES]);
    this.#table.resize(limit);
    return integer(limit, 5, 0x20);
  }

  #field([name, value]: Field): string {
    const same = this.#table.find((entry) => entry[0] === name && entry[1] === value);
    if (same.length > 0 && this.#random.chance(0.7)) return integer(this.#random.pick(same), 7, 0x80);
    const named = this.#table.find((entry) => entry[0] === name);
    const index = named.length > 0 && this.#random.chance(0.7) ? this.#random.pick(named) : 0;
    const way = this.#random.pick(LITERALS);
    const [first, prefixBits] = way;
    if (way === INDEXING) this.#table.add([name, value]);
    return integer(index, prefixBits, first) + (index === 0 ? this.#string(name) : '') + this.#string(value);
  }

  #string(text: string): string {
    if (this.#random.chance(0.6)) return literal(text);
    const coded = huffman(text);
    return integer(coded.length, 7, 0x80) + coded;
  }
}
