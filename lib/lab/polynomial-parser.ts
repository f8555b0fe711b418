import {
  add,
  constant,
  degreeOf,
  formatPolynomial,
  multiply,
  negate,
  POLYNOMIAL_LIMITS,
  type Polynomial,
  variable,
} from './polynomial.ts';
import { PolynomialError, type Token, tokenise } from './polynomial-tokens.ts';

export type ParsedPolynomial =
  | { readonly ok: true; readonly polynomial: Polynomial }
  /** `message` is for people; `at` says where in the text, 0-based. */
  | { readonly ok: false; readonly message: string; readonly at: number };

const MAX_TEXT = 200;
const MAX_DEPTH = 20;
const TOO_LARGE = 10n ** BigInt(POLYNOMIAL_LIMITS.digits);

/**
 * Reads a polynomial that a user typed: whole numbers, the given single-letter variables, `+ - *`, powers as `^2`,
 * `**2` or `²`, brackets, products without a sign (`2ij`), and `mod 512` at the end. It becomes a list of terms and is
 * never run as code.
 */
export function parsePolynomial(text: string, variables: readonly string[]): ParsedPolynomial {
  const body = text.replace(/\s*(?:\bmod|%)\s*512\s*$/i, '');
  if (text.length > MAX_TEXT) return { ok: false, message: `longer than ${MAX_TEXT} signs`, at: MAX_TEXT };
  try {
    const polynomial = new Parser(tokenise(body), variables).whole();
    // What is kept is the normal form, which is read again later.
    if (formatPolynomial(polynomial).length > MAX_TEXT) {
      return { ok: false, message: `multiplied out it is longer than ${MAX_TEXT} signs`, at: 0 };
    }
    return { ok: true, polynomial };
  } catch (error) {
    if (error instanceof PolynomialError) return { ok: false, message: error.message, at: error.at };
    throw error;
  }
}

/** Recursive descent: sum, product, signed factor, power, atom. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #variables: readonly string[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], variables: readonly string[]) {
    this.#tokens = tokens;
    this.#variables = variables;
  }

  whole(): Polynomial {
    const polynomial = this.#sum();
    const token = this.#peek();
    if (token.kind !== 'end') throw new PolynomialError(`${spoken(token)} is one too many`, token.at);
    return polynomial;
  }

  #sum(): Polynomial {
    let total = this.#product();
    for (;;) {
      if (this.#take('+')) total = bounded(add(total, this.#product()), this.#peek());
      else if (this.#take('-')) total = bounded(add(total, negate(this.#product())), this.#peek());
      else return total;
    }
  }

  #product(): Polynomial {
    let total = this.#signed();
    for (;;) {
      if (this.#take('*')) total = bounded(multiply(total, this.#signed()), this.#peek());
      else if (['number', 'letter', '('].includes(this.#peek().kind))
        total = bounded(multiply(total, this.#power()), this.#peek());
      else return total;
    }
  }

  #signed(): Polynomial {
    let negative = false;
    for (;;) {
      if (this.#take('-')) negative = !negative;
      else if (!this.#take('+')) break;
    }
    const factor = this.#power();
    return negative ? negate(factor) : factor;
  }

  #power(): Polynomial {
    const base = this.#atom();
    const token = this.#peek();
    const exponent = this.#exponent();
    if (exponent === null) return base;
    let result = constant(this.#variables, 1n);
    for (let i = 0; i < exponent; i++) result = bounded(multiply(result, base), token);
    return result;
  }

  /** The exponent that follows, or null. */
  #exponent(): number | null {
    const token = this.#peek();
    if (token.kind !== '^' && token.kind !== 'superscript') return null;
    this.#next++;
    const value = token.kind === 'superscript' ? token.exponent : this.#plainNumber();
    if (value > POLYNOMIAL_LIMITS.degree) {
      throw new PolynomialError(`an exponent is at most ${POLYNOMIAL_LIMITS.degree}`, token.at);
    }
    return Number(value);
  }

  #plainNumber(): bigint {
    const token = this.#peek();
    if (token.kind !== 'number') throw new PolynomialError('an exponent is a whole number', token.at);
    this.#next++;
    return token.value;
  }

  #atom(): Polynomial {
    const token = this.#peek();
    this.#next++;
    if (token.kind === 'number') return constant(this.#variables, token.value);
    if (token.kind === 'letter') return this.#letter(token.name, token.at);
    if (token.kind === '(') return this.#bracket(token.at);
    throw new PolynomialError(
      `expected a number, ${this.#variables.join(', ')} or (, found ${spoken(token)}`,
      token.at,
    );
  }

  #letter(name: string, at: number): Polynomial {
    if (this.#variables.includes(name)) return variable(this.#variables, name);
    throw new PolynomialError(`'${name}' is no variable here, only ${this.#variables.join(' and ')}`, at);
  }

  #bracket(at: number): Polynomial {
    if (++this.#depth > MAX_DEPTH) throw new PolynomialError(`brackets go ${MAX_DEPTH} deep at most`, at);
    const inner = this.#sum();
    if (!this.#take(')')) throw new PolynomialError('this bracket is never closed', at);
    this.#depth--;
    return inner;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', at: 0 };
  }

  #take(kind: Token['kind']): boolean {
    if (this.#peek().kind !== kind) return false;
    this.#next++;
    return true;
  }
}

function bounded(polynomial: Polynomial, near: Token): Polynomial {
  if (degreeOf(polynomial) > POLYNOMIAL_LIMITS.degree) {
    throw new PolynomialError(`the degree is at most ${POLYNOMIAL_LIMITS.degree}`, near.at);
  }
  if (polynomial.terms.length > POLYNOMIAL_LIMITS.terms) {
    throw new PolynomialError(`at most ${POLYNOMIAL_LIMITS.terms} terms`, near.at);
  }
  if (polynomial.terms.some(({ coefficient }) => coefficient <= -TOO_LARGE || coefficient >= TOO_LARGE)) {
    throw new PolynomialError(`a coefficient has at most ${POLYNOMIAL_LIMITS.digits} digits`, near.at);
  }
  return polynomial;
}

function spoken(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'letter') return `'${token.name}'`;
  return token.kind === 'number' || token.kind === 'superscript' ? 'a number' : `'${token.kind}'`;
}
