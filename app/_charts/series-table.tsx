import { timeOfDay } from '../_ui/format.ts';
import type { Line, Point } from './series.ts';

interface SeriesTableProps {
  readonly points: readonly Point[];
  readonly lines: readonly Line[];
}

/** The figures behind a chart, newest first. */
export function SeriesTable({ points, lines }: SeriesTableProps) {
  return (
    <table className="w-full font-mono text-small">
      <thead className="sticky top-0 bg-ground text-muted">
        <tr>
          <th className="text-left font-normal">time</th>
          {lines.map((line) => (
            <th key={line.key} className="text-right font-normal">
              {line.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map((point) => (
          <tr key={point.at} className="border-line border-t">
            <th scope="row" className="text-left font-normal">
              {timeOfDay(point.at).slice(0, 8)}
            </th>
            {lines.map((line) => (
              <td key={line.key} className="text-right">
                {Math.round(point[line.key] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
