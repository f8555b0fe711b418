import { dateTime } from '../_ui/format.ts';
import { lineColor } from './line-color.ts';
import { unitWords } from './unit-words.ts';

interface TipLine {
  readonly key: string;
  readonly name: string;
  readonly seat: number;
  readonly color?: string;
}

interface ChartTipProps {
  readonly lines: readonly TipLine[];
  readonly unit: string;
  /** Where the label counts back from this moment: wall time, ms. */
  readonly until?: number;
  /** Given by recharts. */
  readonly active?: boolean;
  readonly label?: number;
  readonly payload?: readonly { readonly dataKey?: string; readonly value?: number }[];
}

/** All lines of a chart at the cursor. */
export function ChartTip({ lines, unit, until = 0, active = false, label, payload = [] }: ChartTipProps) {
  if (!active || label === undefined) return null;
  const values = new Map(payload.map((entry) => [entry.dataKey, entry.value]));
  return (
    <div className="rounded-lg border border-edge bg-ground px-3 py-2 text-small">
      <p className="mb-1 font-mono text-muted">{dateTime(until + label)}</p>
      {lines.map((line) => (
        <p key={line.key} className="flex items-center gap-2">
          <span className="size-2 rounded-xs" style={{ background: lineColor(line) }} />
          <span className="flex-1">{line.name}</span>
          <strong className="pl-4">{valueWords(values.get(line.key))}</strong>
          <span className="text-muted">{unitWords(values.get(line.key), unit)}</span>
        </p>
      ))}
    </div>
  );
}

function valueWords(value: number | null | undefined): string {
  if (value === undefined || value === null) return '–';
  return value < 10 ? String(Math.round(value * 100) / 100) : String(Math.round(value));
}
