import { POLYNOMIAL_LIMITS } from './polynomial.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: bigint; readonly at: number }
  | { readonly kind: 'letter'; readonly name: string; readonly at: number }
  /** `exponent` is what a superscript says; a `^` is followed by a number of its own. */
  | { readonly kind: 'superscript'; readonly exponent: bigint; readonly at: number }
  | { readonly kind: '+' | '-' | '*' | '^' | '(' | ')' | 'end'; readonly at: number };

/** What is wrong with a text, and where (0-based, in UTF-16 code units). */
export class PolynomialError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = 'PolynomialError';
    this.at = at;
  }
}

const SPELLINGS: Readonly<Record<string, '+' | '-' | '*' | '^' | '(' | ')'>> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '*': '*',
  '·': '*',
  '×': '*',
  '**': '^',
  '^': '^',
  '(': '(',
  ')': ')',
};
const TOKEN = /\s+|(\d+)|([a-z])|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(\*\*|[+\-−*·×^()])/iuy;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The text's tokens, the last of them `end`. Throws PolynomialError at a sign that belongs to no polynomial. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match)
      throw new PolynomialError(`'${String.fromCodePoint(text.codePointAt(at) ?? 0)}' means nothing here`, at);
    const token = tokenOf(match, at);
    if (token) tokens.push(token);
  }
  return [...tokens, { kind: 'end', at: text.length }];
}

function tokenOf([, digits, letter, superscript, sign]: RegExpExecArray, at: number): Token | null {
  if (digits !== undefined) return { kind: 'number', value: wholeNumber(digits, at), at };
  if (letter !== undefined) return { kind: 'letter', name: letter, at };
  if (superscript !== undefined) {
    const plain = [...superscript].map((mark) => SUPERSCRIPTS.indexOf(mark)).join('');
    return { kind: 'superscript', exponent: wholeNumber(plain, at), at };
  }
  const kind = sign === undefined ? undefined : SPELLINGS[sign];
  return kind ? { kind, at } : null;
}

function wholeNumber(digits: string, at: number): bigint {
  if (digits.length > POLYNOMIAL_LIMITS.digits) {
    throw new PolynomialError(`a number has at most ${POLYNOMIAL_LIMITS.digits} digits`, at);
  }
  return BigInt(digits);
}
