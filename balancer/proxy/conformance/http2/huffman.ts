/** The Huffman code of header blocks (RFC 7541, 5.2 and appendix B). It is canonical: the lengths say all. */

/** Bits of each symbol, `length*count` in a row; the last symbol is EOS. */
const LENGTHS = `
  13 23 28*7 24 30 28*2 30 28*8 30 28*9 6 10*2 12 13 6 8 11 10*2 8 11 8 6*3 5*3 6*7 7 8 15 6 12 10 13 6 7*22 8 7 8 13 19
  13 14 6 15 5 6 5 6 5 6*3 5 7*2 6*3 5 6 7 6 5*2 6 7*5 15 11 14 13 28 20 22 20*2 22*3 23 22 23*5 24 23 24*2 22 23 24
  23*4 21 22 23 22 23*2 24 22 21 20 22*2 23*2 21 23 22*2 24 21 22 23*2 21*2 22 21 23 22 23*2 20 22*3 23 22*2 23 26*2 20
  19 22 23 22 25 26*3 27*2 26 24 25 19 21 26 27*2 26 27 24 21*2 26*2 28 27*3 20 24 20 21 22 21*2 23 22*2 25*2 24*2 26
  23 26 27 26*2 27*5 28 27*5 26 30`;
const EOS = 256;
const MAX_PADDING_BITS = 7;

function codes(): string[] {
  const lengths = LENGTHS.trim()
    .split(/\s+/)
    .flatMap((run) => {
      const [length = 0, count = 1] = run.split('*').map(Number);
      return Array.from({ length: count }, () => length);
    });
  const texts: string[] = [];
  let [code, size] = [0, 0];
  for (const [symbol, length] of [...lengths.entries()].sort(([a, one], [b, other]) => one - other || a - b)) {
    code *= 2 ** (length - size);
    size = length;
    texts[symbol] = code.toString(2).padStart(length, '0');
    code += 1;
  }
  return texts;
}

const CODES = codes();
const SYMBOLS = new Map(CODES.map((code, symbol) => [code, symbol]));

export function huffman(text: string): string {
  const bits = [...text].map((char) => CODES[char.charCodeAt(0)] ?? '').join('');
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  return (padded.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('');
}

/** Undefined where the padding is too long or not of ones, or where EOS is in it. */
export function fromHuffman(bytes: string): string | undefined {
  let [text, code] = ['', ''];
  for (const bit of [...bytes].map((byte) => byte.charCodeAt(0).toString(2).padStart(8, '0')).join('')) {
    code += bit;
    const symbol = SYMBOLS.get(code);
    if (symbol === EOS) return undefined;
    if (symbol === undefined) continue;
    text += String.fromCharCode(symbol);
    code = '';
  }
  return code.length <= MAX_PADDING_BITS && !code.includes('0') ? text : undefined;
}
