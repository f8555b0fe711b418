import { dateTime } from '../_ui/format.ts';

interface SeriesTableProps {
  readonly points: readonly (Readonly<Record<string, number | null>> & { readonly at: number })[];
  readonly lines: readonly { readonly key: string; readonly name: string }[];
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
              {dateTime(point.at).slice(11)}
            </th>
            {lines.map((line) => (
              <td key={line.key} className="text-right">
                {valueWords(point[line.key])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function valueWords(value: number | null | undefined): string {
  if (value === undefined || value === null) return '–';
  return String(value < 10 ? Math.round(value * 100) / 100 : Math.round(value));
}
