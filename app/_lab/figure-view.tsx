'use client';

import type { Figure } from '#lib/lab/figure.ts';
import { cellText, type Table, toCsv } from '#lib/lab/table.ts';
import { ScrollRegion } from '../_ui/scroll-region.tsx';
import { savePng, saveText } from '../_ui/take-home.ts';
import { Drawing } from './drawing.tsx';

interface FigureViewProps {
  readonly figure: Figure;
  /** Begins the names of files that are saved. */
  readonly runId: string;
}

/** A chart, the figures behind it, and the ways to take both home. */
export function FigureView({ figure, runId }: FigureViewProps) {
  const { draw, table } = figure;
  const name = `${runId}-${figure.id}`;
  return (
    <figure
      className={`min-w-0 border-line border-t py-4 ${figure.isWide ? '@5xl:col-span-2' : ''}`}
      aria-label={figure.title}
    >
      {draw === null ? <figcaption className="mb-2 font-semibold">{figure.title}</figcaption> : <Drawing draw={draw} />}
      <div className="mt-2 flex flex-wrap items-center gap-3">
        {draw !== null && (
          <>
            <Save word="SVG" onClick={() => saveText(`${name}.svg`, 'image/svg+xml', draw())} />
            <Save word="PNG" onClick={() => void savePng(`${name}.png`, draw())} />
          </>
        )}
        <Save word="CSV" onClick={() => saveText(`${name}.csv`, 'text/csv', toCsv(table))} />
      </div>
      {draw === null ? (
        <FigureTable table={table} title={figure.title} />
      ) : (
        <details className="mt-2">
          <summary className="cursor-pointer text-muted">Figures</summary>
          <FigureTable table={table} title={figure.title} />
        </details>
      )}
    </figure>
  );
}

function Save({ word, onClick }: { readonly word: string; readonly onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="text-muted text-small underline underline-offset-4 hover:text-ink"
    >
      {word}
    </button>
  );
}

function FigureTable({ table, title }: { readonly table: Table; readonly title: string }) {
  return (
    <ScrollRegion className="max-h-[28rem]" label={`Figures: ${title}`}>
      <table className="mt-2">
        <thead className="text-muted">
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col" className="pr-5 text-left font-normal">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own and never move
            <tr key={at} className="border-line border-t">
              {row.map((cell, column) => (
                <td
                  key={table.columns[column]}
                  className={`max-w-96 pr-5 align-top ${typeof cell === 'number' ? 'text-right' : ''}`}
                >
                  {cellText(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
