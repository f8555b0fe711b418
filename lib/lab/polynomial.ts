/** One product: a whole coefficient and, in the order of the polynomial's variables, their exponents. */
export interface Term {
  readonly coefficient: bigint;
  readonly exponents: readonly number[];
}

/** A polynomial with whole coefficients, in normal form: no two terms alike, none with coefficient 0, highest first. */
export interface Polynomial {
  /** Single letters. */
  readonly variables: readonly string[];
  readonly terms: readonly Term[];
}

/** More is refused, so that no text can make the arithmetic run away. */
export const POLYNOMIAL_LIMITS = { degree: 32, terms: 100, digits: 30 } as const;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function constant(variables: readonly string[], value: bigint): Polynomial {
  return normalise(variables, [{ coefficient: value, exponents: variables.map(() => 0) }]);
}

/** `name` is one of the variables. */
export function variable(variables: readonly string[], name: string): Polynomial {
  return normalise(variables, [{ coefficient: 1n, exponents: variables.map((other) => (other === name ? 1 : 0)) }]);
}

export function add(a: Polynomial, b: Polynomial): Polynomial {
  return normalise(a.variables, [...a.terms, ...b.terms]);
}

export function negate(a: Polynomial): Polynomial {
  return { ...a, terms: a.terms.map((term) => ({ ...term, coefficient: -term.coefficient })) };
}

export function multiply(a: Polynomial, b: Polynomial): Polynomial {
  const products = a.terms.flatMap((x) =>
    b.terms.map((y) => ({
      coefficient: x.coefficient * y.coefficient,
      exponents: x.exponents.map((exponent, at) => exponent + (y.exponents[at] ?? 0)),
    })),
  );
  return normalise(a.variables, products);
}

/** The highest sum of exponents of any term; 0 for a constant. */
export function degreeOf({ terms }: Polynomial): number {
  return terms.reduce((highest, term) => Math.max(highest, degreeOfTerm(term)), 0);
}

/**
 * The value modulo `modulus` (2 to 2^26), from 0 to modulus - 1, exactly: everything is reduced before it is
 * multiplied, so no product passes 2^53. Values are whole numbers, in the order of the variables.
 */
export function evaluateModulo(polynomial: Polynomial, values: readonly number[], modulus: number): number {
  let sum = 0;
  for (const { coefficient, exponents } of polynomial.terms) {
    let product = Number(((coefficient % BigInt(modulus)) + BigInt(modulus)) % BigInt(modulus));
    for (const [at, exponent] of exponents.entries()) {
      const value = reduce(values[at] ?? 0, modulus);
      for (let i = 0; i < exponent; i++) product = (product * value) % modulus;
    }
    sum = (sum + product) % modulus;
  }
  return sum;
}

/** As people write it: `i² + j² + 2j + 25`. */
export function formatPolynomial({ variables, terms }: Polynomial): string {
  if (terms.length === 0) return '0';
  return terms
    .map((term, at) => {
      const sign = term.coefficient < 0n ? '-' : '+';
      const size = term.coefficient < 0n ? -term.coefficient : term.coefficient;
      const letters = variables.map((name, i) => power(name, term.exponents[i] ?? 0)).join('');
      const body = size === 1n && letters ? letters : `${size}${letters}`;
      if (at === 0) return sign === '-' ? `-${body}` : body;
      return `${sign} ${body}`;
    })
    .join(' ');
}

function power(name: string, exponent: number): string {
  if (exponent === 0) return '';
  if (exponent === 1) return name;
  return name + [...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)] ?? '').join('');
}

function normalise(variables: readonly string[], terms: readonly Term[]): Polynomial {
  const byExponents = new Map<string, Term>();
  for (const term of terms) {
    const key = term.exponents.join(',');
    const coefficient = (byExponents.get(key)?.coefficient ?? 0n) + term.coefficient;
    byExponents.set(key, { coefficient, exponents: term.exponents });
  }
  const kept = [...byExponents.values()].filter((term) => term.coefficient !== 0n);
  return { variables, terms: kept.sort(highestFirst) };
}

function highestFirst(a: Term, b: Term): number {
  const byDegree = degreeOfTerm(b) - degreeOfTerm(a);
  if (byDegree !== 0) return byDegree;
  const at = a.exponents.findIndex((exponent, i) => exponent !== b.exponents[i]);
  return (b.exponents[at] ?? 0) - (a.exponents[at] ?? 0);
}

function degreeOfTerm({ exponents }: Term): number {
  return exponents.reduce((sum, exponent) => sum + exponent, 0);
}

function reduce(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}
