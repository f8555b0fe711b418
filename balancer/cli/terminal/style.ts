import { styleText } from 'node:util';

/** Turns words into coloured words, or leaves them alone where colours are not wanted. */
export interface Style {
  readonly strong: (words: string) => string;
  readonly faint: (words: string) => string;
  readonly good: (words: string) => string;
  readonly warning: (words: string) => string;
  readonly critical: (words: string) => string;
  /** The colour of a replica, by its seat from 1. */
  readonly seat: (seat: number, words: string) => string;
}

const SEAT_COLOURS = [
  'blue',
  'yellow',
  'green',
  'magenta',
  'cyan',
  'red',
  'blueBright',
  'yellowBright',
  'greenBright',
  'magentaBright',
] as const;

/** `coloured`: of a terminal that shows colours; NO_COLOR and pipes do not. */
export function createStyle(coloured: boolean): Style {
  const paint =
    (format: Parameters<typeof styleText>[0]) =>
    (words: string): string =>
      coloured ? styleText(format, words, { validateStream: false }) : words;
  return {
    strong: paint('bold'),
    faint: paint('dim'),
    good: paint('green'),
    warning: paint('yellow'),
    critical: paint('red'),
    seat: (seat, words) => paint(SEAT_COLOURS[(seat - 1) % SEAT_COLOURS.length] ?? 'white')(words),
  };
}
