'use client';

import dynamic from 'next/dynamic';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { ChartButtons } from '../_charts/chart-buttons.tsx';
import { lineColor } from '../_charts/line-color.ts';
import { SeriesTable } from '../_charts/series-table.tsx';
import { unitWords } from '../_charts/unit-words.ts';
import { useLive } from '../_live/provider.tsx';
import { count, latency } from '../_ui/format.ts';
import { nothingWords, type ReplicaChart, replicaCharts } from './replica-series.ts';

const LiveChart = dynamic(() => import('../_charts/live-chart.tsx').then((module) => module.LiveChart), { ssr: false });

const SPAN_MS = 120_000;

interface ReplicaChartsProps {
  readonly replica: ReplicaView;
}

/** Six small charts of one replica over the last two minutes, each with its figures behind it. */
export function ReplicaCharts({ replica }: ReplicaChartsProps) {
  const { charts, until, running } = useReplicaCharts(replica);
  return (
    <div className="@container">
      <div className="grid @min-[36rem]:grid-cols-2 @min-[58rem]:grid-cols-3 grid-cols-1 gap-px border-line border-b bg-line">
        {charts.map((chart) => (
          <SmallChart
            key={chart.title}
            chart={chart}
            until={until}
            running={running}
            className="h-44 px-4 pt-3 pb-2 lg:px-6"
          />
        ))}
      </div>
    </div>
  );
}

/** What is shown of the only replica, where there is nothing to compare: rows of two, as many as there is room for. */
const ALONE = [
  ['Latency', 'In flight'],
  ['CPU', 'Memory'],
];

/** How the only replica does; its requests are on the same page already. */
export function ChartsAlone({ replica }: ReplicaChartsProps) {
  const { charts, until, running } = useReplicaCharts(replica);
  return ALONE.map((titles) => (
    <div key={titles[0]} className="grid w-full shrink-0 gap-x-8 gap-y-4 sm:grid-cols-2">
      {charts
        .filter(({ title }) => titles.includes(title))
        .map((chart) => (
          <SmallChart key={chart.title} chart={chart} until={until} running={running} className="chart-alone" />
        ))}
    </div>
  ));
}

function useReplicaCharts({ seat, instance, status }: ReplicaView) {
  const frames = useDeferredValue(useLive((view) => view.seconds));
  const charts = useMemo(() => replicaCharts(frames, seat), [frames, seat]);
  const running = instance !== null && status !== 'crash-looping';
  return { charts, until: frames.at(-1)?.at ?? 0, running };
}

interface SmallChartProps {
  readonly chart: ReplicaChart;
  /** The newest moment, ms; 0 before the first figures. */
  readonly until: number;
  /** Whether the replica has an instance that lasts. */
  readonly running: boolean;
  /** Its height, and the room around it. */
  readonly className: string;
}

function SmallChart({ chart, until, running, className }: SmallChartProps) {
  const [asTable, setAsTable] = useState(false);
  const past = useLive(({ connection }) => connection === 'past');
  const nothing = until === 0 ? 'Waiting for the first second of figures.' : nothingWords(chart, running);
  const latest = chart.points.at(-1);
  return (
    <figure aria-label={chart.title} className={`@container flex flex-col bg-ground ${className}`}>
      <figcaption className="flex items-baseline gap-3">
        <h3>{chart.title}</h3>
        <ChartButtons chart={chart} asTable={asTable} onChange={setAsTable} />
        <span className="ml-auto flex gap-2 whitespace-nowrap">
          {chart.lines.map((line, index) => (
            <span key={line.key}>
              {chart.lines.length > 1 && (
                <span className="border-b-2 text-muted" style={{ borderColor: lineColor(line) }}>
                  {line.name}
                </span>
              )}{' '}
              <strong>{figureWords(latest?.[line.key], chart.unit)}</strong>
              {index === chart.lines.length - 1 && (
                <span className="text-muted"> {unitWords(latest?.[line.key], chart.unit)}</span>
              )}
            </span>
          ))}
        </span>
      </figcaption>
      <div className="mt-1 min-h-0 flex-1 overflow-auto" {...(asTable ? { tabIndex: 0 } : {})}>
        {nothing !== null && <p className="pt-2 text-muted">{nothing}</p>}
        {nothing === null && asTable && <SeriesTable points={chart.points} lines={chart.lines} />}
        {nothing === null && !asTable && (
          <LiveChart
            points={chart.points}
            lines={chart.lines}
            incidents={[]}
            until={until}
            spanMs={SPAN_MS}
            unit={chart.unit}
            endWord={past ? 'then' : 'now'}
          />
        )}
      </div>
    </figure>
  );
}

function figureWords(figure: number | undefined, unit: string): string {
  if (figure === undefined) return '–';
  return unit === 'ms' ? latency(figure) : count(Math.round(figure * 10) / 10);
}
