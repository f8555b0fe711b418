import { expect, test } from 'vitest';
import { cellText, toCsv } from './table.ts';

test('a table becomes CSV with quotes where they are needed', () => {
  expect(
    toCsv({
      columns: ['a', 'b, c'],
      rows: [
        ['x "y"', 1.5],
        ['two\nlines', null],
      ],
    }),
  ).toBe('a,"b, c"\r\n"x ""y""",1.5\r\n"two\nlines",\r\n');
});

test('a cell that a spreadsheet would run is disarmed, a negative number is not', () => {
  expect(toCsv({ columns: ['a', 'b'], rows: [['=1+1', -2]] })).toBe("a,b\r\n'=1+1,-2\r\n");
});

test('numbers are shown short, and nothing as a dash', () => {
  expect([cellText(1234.56789), cellText(null), cellText('S1')]).toEqual(['1,234.568', '–', 'S1']);
});
