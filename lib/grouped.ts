/** Below this a number is written with an exponent, and rounds to nothing. */
const TINY = 1e-6;

/**
 * 1,234.5: thousands apart, at most this many decimals, half of the last one away from zero. As Intl.NumberFormat has it
 * for English, but by hand, as the tables behind that take a process 8 MB and 25 ms.
 * @param value finite, below 1e12
 * @param decimals 0 to 3
 */
export function grouped(value: number, decimals: number): string {
  const size = Math.abs(value);
  // Rounded as it is written: 2.675 in binary is less than that.
  const [units = '0', rest = ''] = String(size < TINY ? 0 : size).split('.');
  const cut = Number(units + rest.slice(0, decimals).padEnd(decimals, '0'));
  const rounded = cut + (Number(rest[decimals] ?? 0) < 5 ? 0 : 1);
  const [whole = '', fraction] = String(rounded / 10 ** decimals).split('.');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const parted = sign + whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

/** One decimal below ten, none from there on, where 9.96 is: "1.2", "10", "1,482". */
export function twoDigits(value: number): string {
  return value < 9.95 ? value.toFixed(1) : grouped(value, 0);
}

/** "1 replica", "1,200 replicas". */
export function counted(count: number, word: string): string {
  return `${grouped(count, 0)} ${word}${count === 1 ? '' : 's'}`;
}
