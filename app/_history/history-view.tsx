'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { parseAsInteger, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { samplesPage } from '#lib/api/samples.ts';
import { span } from '#lib/span.ts';
import { callPanel } from '../_changes/api.ts';
import { usePresent } from '../_live/provider.tsx';
import { Reading, ReadingFailed } from '../_live/reading.tsx';
import { useNow } from '../_live/use-now.ts';
import { Button } from '../_ui/button.tsx';
import { Panel } from '../_ui/panel.tsx';
import { Segmented } from '../_ui/segmented.tsx';
import { Time } from '../_ui/time.tsx';
import { MomentTable } from './moment-table.tsx';
import { pastCharts } from './past-charts.ts';
import { PastPanel } from './past-panel.tsx';
import { RANGE_MS, RANGE_OPTIONS, RANGES } from './ranges.ts';
import type { Stretch } from './stretch.ts';

const MomentSlider = dynamic(() => import('./moment-slider.tsx').then((module) => module.MomentSlider), { ssr: false });

const RangeBrush = dynamic(() => import('./range-brush.tsx').then((module) => module.RangeBrush), { ssr: false });

const LINK = {
  range: parseAsStringLiteral(RANGES).withDefault('5m'),
  /** A stretch zoomed into, wall times in ms: then it stands still. */
  from: parseAsInteger,
  to: parseAsInteger,
  /** The moment looked at. */
  at: parseAsInteger,
};
const RENEW_MS = 5_000;

/** The past: charts of a range that can be zoomed into, and the fleet as it was at a moment. All of it is in the URL. */
export function HistoryView() {
  const [link, setLink] = useQueryStates(LINK, { history: 'push' });
  const store = usePresent();
  const now = useNow(RENEW_MS);
  const fixed = link.from !== null && link.to !== null;
  const to = fixed ? (link.to ?? 0) : Math.ceil(now / RENEW_MS) * RENEW_MS;
  const from = fixed ? (link.from ?? 0) : to - RANGE_MS[link.range];
  const past = useQuery({
    queryKey: ['samples', link.range, from, to],
    queryFn: ({ signal }) => callPanel(`/api/samples?from=${from}&to=${to}`, samplesPage, { signal }),
    enabled: store.view().state !== null && from > 0,
    placeholderData: keepPreviousData,
  });
  const charts = useMemo(() => (past.data === undefined ? [] : pastCharts(past.data)), [past.data]);
  const samples = past.data?.samples ?? [];
  const wide = wholeRange(now, RANGE_MS[link.range], from, to);
  // The same object for the same stretch: what is drawn from it is laid out once.
  const whole = useMemo(() => ({ from: wide.from, to: wide.to }), [wide.from, wide.to]);
  const zoom = (start: number, end: number): void => void setLink({ from: Math.round(start), to: Math.round(end) });
  const unzoom = (): void => void setLink({ from: null, to: null });
  return (
    <>
      <Panel
        title="The past"
        className="border-line border-b"
        side={<Zoomed fixed={fixed} from={from} to={to} onBack={unzoom} />}
      >
        <div className="flex flex-wrap items-center gap-4">
          <Segmented
            label="Range"
            options={RANGE_OPTIONS}
            value={link.range}
            onChange={(range) => void setLink({ range, from: null, to: null, at: null })}
          />
          {past.data !== undefined && (
            <span className="text-muted">
              a point every {strideWords(past.data.strideMs)} · drag in a chart or move the window to zoom, click for a
              moment
            </span>
          )}
        </div>
        {samples.length > 0 && (
          <RangeBrush
            whole={whole}
            shown={{ from, to }}
            onChoose={(chosen) => (chosen === null ? unzoom() : zoom(chosen.from, chosen.to))}
          />
        )}
        <Notes problem={past.error?.message ?? null} count={past.data?.samples.length ?? null} />
      </Panel>
      <div className="grid grid-cols-1 gap-px bg-line not-empty:border-line not-empty:border-b lg:grid-cols-2">
        {charts.map((chart) => (
          <PastPanel
            key={chart.title}
            chart={chart}
            from={from}
            to={to}
            moment={link.at}
            onZoom={zoom}
            onMoment={(at) => void setLink({ at })}
          />
        ))}
      </div>
      {samples.length > 0 && (
        <Panel title="At a moment">
          <MomentSlider
            samples={samples}
            at={link.at}
            onChange={(at) => void setLink({ at }, { history: 'replace' })}
          />
          <MomentTable samples={samples} at={link.at} />
        </Panel>
      )}
    </>
  );
}

interface NotesProps {
  readonly problem: string | null;
  /** Samples there are; null while they are being read. */
  readonly count: number | null;
}

function Notes({ problem, count }: NotesProps) {
  if (problem !== null) return <ReadingFailed message={problem} />;
  if (count === null)
    return (
      <p className="pt-3 text-muted">
        <Reading />
      </p>
    );
  return count === 0 ? <p className="pt-3 text-muted">Nothing was kept of this time.</p> : null;
}

/** What the window is moved in: the range up to now, renewed when it has moved on by a hundredth, and what is shown. */
function wholeRange(now: number, rangeMs: number, from: number, to: number): Stretch {
  const grainMs = Math.max(RENEW_MS, rangeMs / 100);
  const end = Math.ceil(now / grainMs) * grainMs;
  return { from: Math.min(from, end - rangeMs), to: Math.max(to, end) };
}

/** Whole seconds as they are, not as a measurement. */
function strideWords(ms: number): string {
  return ms < 60_000 ? `${ms / 1_000} s` : span(ms);
}

interface ZoomedProps {
  readonly fixed: boolean;
  readonly from: number;
  readonly to: number;
  readonly onBack: () => void;
}

function Zoomed({ fixed, from, to, onBack }: ZoomedProps) {
  if (!fixed) return <span className="text-muted">up to now</span>;
  return (
    <span className="flex flex-wrap items-center gap-3 text-muted">
      <Time at={from} precision="seconds" /> – <Time at={to} precision="seconds" />
      <Button onClick={onBack}>Back to now</Button>
    </span>
  );
}
