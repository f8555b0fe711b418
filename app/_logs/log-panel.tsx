'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { Pause, Play } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { useNow } from '../_live/use-now.ts';
import { Button } from '../_ui/button.tsx';
import { timeOfDay } from '../_ui/format.ts';
import { Panel } from '../_ui/panel.tsx';
import { type LogRow, withPrevious } from './log-rows.ts';
import { type NumberedLine, useLog } from './use-log.ts';
import { usePreviousLog } from './use-previous-log.ts';

/** A replica's log as it is written, below what the instance before had printed; with search and pause. */
export function LogPanel({ replica }: { readonly replica: ReplicaView }) {
  const instanceId = replica.instance?.id ?? null;
  const log = useLog(replica.name, instanceId);
  const previous = usePreviousLog(replica);
  const now = useNow(1_000);
  const [find, setFind] = useState('');
  const [frozen, setFrozen] = useState<readonly NumberedLine[] | null>(null);
  const lines = frozen ?? log.lines;
  const needle = find.toLowerCase();
  const rows = withPrevious(previous, lines, now);
  const shown = needle === '' ? rows : rows.filter((line) => line.text.toLowerCase().includes(needle));
  const end = log.ended ?? (instanceId === null ? 'No instance is running.' : null);
  return (
    <div id="logs" className="scroll-mt-4">
      <Panel
        title="Log"
        side={
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-muted" aria-live="polite">
              {needle !== '' && `${shown.length} of ${rows.length} lines `}
              {newLines(log.lines, frozen)}
            </span>
            <input
              type="search"
              aria-label="Search the log"
              placeholder="Search…"
              value={find}
              onChange={(event) => setFind(event.target.value)}
              className="h-8 w-44 rounded-lg border border-line bg-transparent px-2.5 placeholder:text-muted focus:border-focus focus:outline-none"
            />
            <PauseButton paused={frozen !== null} onClick={() => setFrozen(frozen === null ? log.lines : null)} />
          </div>
        }
      >
        <LogLines lines={shown} needle={needle} end={end} following={frozen === null && needle === ''} />
      </Panel>
    </div>
  );
}

/** What has come in since the log was paused. */
function newLines(lines: readonly NumberedLine[], frozen: readonly NumberedLine[] | null): string {
  if (frozen === null) return '';
  const fresh = (lines.at(-1)?.number ?? 0) - (frozen.at(-1)?.number ?? 0);
  return fresh > 0 ? `${fresh} new` : 'paused';
}

function PauseButton({ paused, onClick }: { readonly paused: boolean; readonly onClick: () => void }) {
  const Icon = paused ? Play : Pause;
  return (
    <Button onClick={onClick} aria-pressed={paused}>
      <Icon className="size-3.5" aria-hidden="true" />
      {paused ? 'Go on' : 'Pause'}
    </Button>
  );
}

interface LogLinesProps {
  readonly lines: readonly LogRow[];
  readonly needle: string;
  /** Why there is nothing more; null while the log is followed. */
  readonly end: string | null;
  readonly following: boolean;
}

const LINE_HEIGHT = 20;

function LogLines({ lines, needle, end, following }: LogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    // What was measured of a line stays with it when others are filtered out or forgotten.
    getItemKey: useCallback((index: number) => lines[index]?.number ?? index, [lines]),
    overscan: 20,
  });
  const last = lines.at(-1)?.number;
  useEffect(() => {
    if (following && last !== undefined) rows.scrollToIndex(rows.options.count - 1, { align: 'end' });
  }, [following, last, rows]);
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label="Log lines"
      aria-live="off"
      className="h-[max(20rem,100dvh-33rem)] overflow-auto font-mono max-sm:h-auto max-sm:max-h-64 max-sm:min-h-16 text-small leading-5"
    >
      {lines.length === 0 && (
        <p className="font-sans text-muted">
          {needle === '' ? (end ?? 'Nothing was logged yet.') : 'No line matches.'}
        </p>
      )}
      <div style={{ height: rows.getTotalSize() }} className="relative w-full">
        {rows.getVirtualItems().map((row) => {
          const line = lines[row.index];
          if (line === undefined) return null;
          return (
            <div
              key={line.number}
              ref={rows.measureElement}
              data-index={row.index}
              className="absolute w-full"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <LogLine line={line} needle={needle} />
            </div>
          );
        })}
      </div>
      {lines.length > 0 && end !== null && <p className="font-sans text-muted">{end}</p>}
    </div>
  );
}

/** A long line is broken: what it ends with is often what one looks for. */
function LogLine({ line, needle }: { readonly line: LogRow; readonly needle: string }) {
  if (line.isHeading === true) return <div className="font-sans text-muted">{line.text}</div>;
  return (
    <div className="sm:flex">
      <span className="mr-4 text-muted">{timeOfDay(line.at)}</span>
      <span
        className={`min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere] ${line.stream === 'stderr' ? 'text-warning' : ''}`}
      >
        <Marked text={line.text} needle={needle} />
      </span>
    </div>
  );
}

function Marked({ text, needle }: { readonly text: string; readonly needle: string }) {
  const at = needle === '' ? -1 : text.toLowerCase().indexOf(needle);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-edge text-ink">{text.slice(at, at + needle.length)}</mark>
      {text.slice(at + needle.length)}
    </>
  );
}
