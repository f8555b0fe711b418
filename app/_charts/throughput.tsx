'use client';

import dynamic from 'next/dynamic';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { IncidentView } from '#lib/api/state.ts';
import { useLive } from '../_live/provider.tsx';
import { useLiveLater } from '../_live/use-live-later.ts';
import { Panel } from '../_ui/panel.tsx';
import { type Line, linesOf } from './series.ts';
import { SeriesTable } from './series-table.tsx';

const LiveChart = dynamic(() => import('./live-chart.tsx').then((module) => module.LiveChart), { ssr: false });

const SPAN_MS = 120_000;
const NONE: readonly IncidentView[] = [];

/** Requests a second of each replica over the last two minutes, as lines or as a table. */
export function Throughput({ className }: { readonly className?: string }) {
  const frames = useLiveLater(3, (view) => view.seconds);
  const incidents = useLive(({ state }) => state?.incidents ?? null);
  const past = useLive(({ connection }) => connection === 'past');
  const [asTable, setAsTable] = useState(false);
  const drawn = useRef<readonly Line[]>([]);
  const { points, lines } = useMemo(
    () => linesOf(frames, (replica) => replica.traffic.requestsPerSecond, drawn.current),
    [frames],
  );
  useEffect(() => {
    drawn.current = lines;
  }, [lines]);
  const until = frames.at(-1)?.at ?? 0;
  return (
    <Panel
      title="Requests per second, by replica"
      className={className ?? ''}
      side={
        <span className="text-muted">
          {past ? 'the 2 min before' : 'last 2 min'} ·{' '}
          <button
            type="button"
            className="underline-offset-4 hover:text-ink hover:underline"
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? 'as chart' : 'as table'}
          </button>
        </span>
      }
    >
      {until === 0 && (
        <p className="text-muted">
          {past ? 'No figures were kept of this time.' : 'Waiting for the first second of figures.'}
        </p>
      )}
      <div className="live-figure min-h-40 flex-1 overflow-auto" {...(asTable ? { tabIndex: 0 } : {})}>
        {until !== 0 && asTable && <SeriesTable points={points} lines={lines} />}
        {until !== 0 && !asTable && (
          <LiveChart
            points={points}
            lines={lines}
            incidents={incidents ?? NONE}
            until={until}
            spanMs={SPAN_MS}
            unit="req/s"
            endWord={past ? 'then' : 'now'}
          />
        )}
      </div>
    </Panel>
  );
}
