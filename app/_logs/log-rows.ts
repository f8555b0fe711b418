import type { PreviousLog } from '#lib/api/admin.ts';
import { ago } from '../_ui/format.ts';
import type { NumberedLine } from './use-log.ts';

/** A line of the log, or words between two instances. */
export type LogRow = NumberedLine & { readonly isHeading?: true };

function heading(number: number, at: number, text: string): LogRow {
  return { number, at, stream: 'stdout', text, isHeading: true };
}

/** The log with what the instance before had printed above it. Its lines have numbers below 0. */
export function withPrevious(
  previous: PreviousLog | null,
  lines: readonly NumberedLine[],
  now: number,
): readonly LogRow[] {
  if (previous === null) return lines;
  const { reason, endedAt } = previous;
  const count = previous.lines.length;
  const said = count === 0 ? ', printed nothing that is kept' : '';
  return [
    heading(-count - 1, endedAt, `previous instance, ${reason}, ${ago(now - endedAt)}${said}`),
    ...previous.lines.map((line, at) => ({ ...line, number: at - count })),
    ...(lines.length > 0 ? [heading(0, endedAt, 'this instance')] : []),
    ...lines,
  ];
}
