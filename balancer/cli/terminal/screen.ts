import type { Writable } from 'node:stream';
import type { Style } from './style.ts';
import { clipped } from './text-table.ts';

/** Where a command writes to. */
export interface Screen {
  readonly style: Style;
  /** True where lines can be written over: a terminal. */
  readonly isLive: boolean;
  /** Columns; without end where nobody looks: a pipe, a file. */
  readonly width: number;
  /** Results: standard output. */
  print(text: string): void;
  /** What is for people on the way: standard error. */
  note(text: string): void;
  /** Replaces what the last `redraw` showed; without a terminal nothing is shown. */
  redraw(text: string): void;
  /** Leaves what is drawn where it is. */
  settle(): void;
}

const UP = '\u001b[A';
const CLEAR_BELOW = '\r\u001b[J';

export function createScreen(out: Writable, err: Writable, isLive: boolean, width: number, style: Style): Screen {
  let drawn = 0;
  return {
    style,
    isLive,
    width,
    print: (text) => void out.write(text),
    note: (text) => void err.write(text),
    redraw: (text) => {
      if (!isLive) return;
      // A line that went on in the next row would be counted as one, and stay.
      const lines = text.split('\n').map((line) => clipped(line, width));
      err.write(UP.repeat(drawn) + CLEAR_BELOW + lines.join('\n'));
      drawn = lines.length - 1;
    },
    settle: () => {
      drawn = 0;
    },
  };
}
