import { saveText } from '../_ui/take-home.ts';

/** What there is to take home of a chart. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly { readonly key: string; readonly name: string }[];
  readonly points: readonly (Readonly<Record<string, number | null>> & { readonly at: number })[];
}

/** A chart's figures as CSV with a header: times in ISO 8601, so that every program reads them. */
export function csvOf(chart: Chart): string {
  const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const head = ['time', ...chart.lines.map((line) => quote(`${line.name} (${chart.unit})`))];
  const rows = chart.points.map((point) => [
    new Date(point.at).toISOString(),
    ...chart.lines.map((line) => point[line.key] ?? ''),
  ]);
  return [head, ...rows].map((row) => row.join(',')).join('\r\n');
}

/** Saves it as a file of the reader's, named after the chart. */
export function saveCsv(chart: Chart): void {
  saveText(`${chart.title.toLowerCase().replace(/\W+/g, '-')}.csv`, 'text/csv', csvOf(chart));
}
