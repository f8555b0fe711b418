'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ChartButtons } from '../_charts/chart-buttons.tsx';
import { lineColor } from '../_charts/line-color.ts';
import { SeriesTable } from '../_charts/series-table.tsx';
import { NameText } from '../_ui/name-text.tsx';
import type { PastChart as Chart } from './past-charts.ts';

const PastChart = dynamic(() => import('./past-chart.tsx').then((module) => module.PastChart), { ssr: false });

interface PastPanelProps {
  readonly chart: Chart;
  readonly from: number;
  readonly to: number;
  readonly moment: number | null;
  readonly onZoom: (from: number, to: number) => void;
  readonly onMoment: (at: number) => void;
}

/** Room for a legend beside its heading, and what an entry takes besides its letters, px. */
const LEGEND_ROOM = 320;
const ENTRY = 30;
const LETTER = 7;

/** A chart of the past, the table behind it, and its export. */
export function PastPanel({ chart, ...rest }: PastPanelProps) {
  const [asTable, setAsTable] = useState(false);
  const isLong = chart.lines.reduce((sum, { name }) => sum + ENTRY + name.length * LETTER, 0) > LEGEND_ROOM;
  return (
    <figure
      aria-label={chart.title}
      className="flex h-64 min-w-0 flex-col max-sm:h-72 bg-ground px-4 pt-3 pb-2 lg:px-6"
    >
      <figcaption
        data-long={isLong || undefined}
        className="group mb-1 flex items-center gap-x-3 data-long:flex-wrap max-sm:flex-wrap"
      >
        <h3 className="whitespace-nowrap group-data-long:flex-1 max-sm:flex-1">
          {chart.title} <span className="font-normal text-muted">{chart.unit}</span>
        </h3>
        <Legend chart={chart} />
        <ChartButtons chart={chart} asTable={asTable} onChange={setAsTable} />
      </figcaption>
      <div className="min-h-0 flex-1 overflow-auto" {...(asTable ? { tabIndex: 0 } : {})}>
        {asTable ? <SeriesTable points={chart.points} lines={chart.lines} /> : <PastChart chart={chart} {...rest} />}
      </div>
    </figure>
  );
}

function Legend({ chart }: { readonly chart: Chart }) {
  return (
    <ul className="flex min-w-0 flex-1 gap-x-3 overflow-hidden text-muted text-small group-data-long:order-last group-data-long:basis-full group-data-long:flex-wrap max-sm:order-last max-sm:basis-full max-sm:flex-wrap">
      {chart.lines.map((line) => (
        <li key={line.key} className="flex items-center gap-1.5 whitespace-nowrap">
          <span aria-hidden="true" className="h-0.5 w-3" style={{ background: lineColor(line) }} />
          <span className="replica-name max-sm:max-w-40">
            <NameText name={line.name} />
          </span>
        </li>
      ))}
    </ul>
  );
}
