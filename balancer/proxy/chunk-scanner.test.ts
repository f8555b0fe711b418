import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunkScanner } from './chunk-scanner.ts';

function scan(text: string, pieces: readonly number[] = []): { end: number; isDone: boolean; isBroken: boolean } {
  const scanner = new ChunkScanner();
  const bytes = Buffer.from(text, 'latin1');
  let from = 0;
  let at = 0;
  for (const to of [...pieces, bytes.length]) {
    if (to < from || scanner.isDone || scanner.isBroken) continue;
    at = scanner.scan(bytes, from, to);
    from = to;
  }
  return { end: at, isDone: scanner.isDone, isBroken: scanner.isBroken };
}

test.each([
  '0\r\n\r\n',
  '3\r\nabc\r\n0\r\n\r\n',
  'A;ext=1\r\n0123456789\r\n000\r\n\r\n',
  '1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n',
])('%j is a whole body', (text) => {
  expect(scan(`${text}GET /`)).toEqual({ end: text.length, isDone: true, isBroken: false });
});

test.each([
  '\r\n',
  'x\r\n',
  '-1\r\n',
  '0x1\r\na\r\n',
  ' 1\r\na\r\n',
  '1 \r\na\r\n',
  '1\na\r\n',
  '1\rXa\r\n',
  '1\r\nab\r\n',
  '1\r\na\n0\r\n\r\n',
  '00000000001\r\na\r\n',
  `1;${'x'.repeat(300)}\r\na\r\n`,
  '1;\0\r\na\r\n',
  '0\r\nno field\r\n\r\n',
  '0\r\nA : b\r\n\r\n',
  `0\r\nX: ${'y'.repeat(9000)}`,
])('%j is none', (text) => {
  expect(scan(text).isBroken).toBe(true);
});

test('where the pieces are cut makes no difference', () => {
  const text = 'A;ext=1\r\n0123456789\r\n1\r\nx\r\n0\r\nX-Sum: 1\r\n\r\nnext';
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
      expect(
        scan(
          text,
          cuts.sort((a, b) => a - b),
        ),
      ).toEqual({ end: text.length - 4, isDone: true, isBroken: false });
    }),
  );
});

test('extensions may not add up to more than bodies need', () => {
  const chunk = `1;${'x'.repeat(200)}\r\na\r\n`;
  expect(scan(chunk.repeat(30)).isBroken).toBe(false);
  expect(scan(chunk.repeat(60)).isBroken).toBe(true);
});
