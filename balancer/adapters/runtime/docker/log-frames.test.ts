import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogFrames } from './log-frames.ts';

function frame(stream: 1 | 2, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

const TIME = '2026-01-02T03:04:05.678901234Z';
const at = Date.parse('2026-01-02T03:04:05.678Z');

test('lines come out with their stream and time, however the bytes were cut', () => {
  const bytes = Buffer.concat([
    frame(1, `${TIME} hello\n`),
    frame(2, `${TIME} woe: ü\r\n`),
    frame(1, `${TIME} a `),
    frame(2, `${TIME} between\n`),
    frame(1, `b\n${TIME} \n`),
  ]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 8 }), (cuts) => {
      const frames = new LogFrames();
      const ends = [...new Set(cuts)].sort((a, b) => a - b).concat(bytes.length);
      let start = 0;
      const lines = ends.flatMap((end) => {
        const chunk = bytes.subarray(start, end);
        start = end;
        return frames.push(chunk);
      });
      expect(lines).toEqual([
        { at, stream: 'stdout', text: 'hello' },
        { at, stream: 'stderr', text: 'woe: ü' },
        { at, stream: 'stderr', text: 'between' },
        { at, stream: 'stdout', text: 'a b' },
        { at, stream: 'stdout', text: '' },
      ]);
    }),
  );
});

test('a line without end is cut', () => {
  const frames = new LogFrames();
  frames.push(frame(1, `${TIME} ${'x'.repeat(100_000)}`));
  const [line] = frames.push(frame(1, `${'y'.repeat(100_000)}\n`));
  expect(line?.text.length).toBeLessThanOrEqual(16_384);
});
