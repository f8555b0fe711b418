'use client';

import { usePathname } from 'next/navigation';
import { AlertFigure } from '../_alerts/alert-figure.tsx';
import { connectionWords } from '../_live/connection-words.ts';
import { useLive } from '../_live/provider.tsx';
import type { Connection } from '../_live/view.ts';
import { Keyboard } from '../_palette/keyboard.tsx';
import { healthWords } from '../_ring/health-words.ts';
import { count, latency } from '../_ui/format.ts';
import { Mark, ToneMark, toneClass } from '../_ui/status-mark.tsx';
import { placeOf, REPLAY_PATH } from './places.ts';

const CONNECTION_WORD: Readonly<Record<Connection, string>> = {
  connecting: 'connecting',
  live: 'live',
  stale: 'silent',
  reconnecting: 'reconnecting',
  'balancer-down': 'balancer down',
  'signed-out': 'signed out',
  past: 'the past',
};

/** As wide as a mark with its gap: that something fails moves no figure. */
const ROOM_FOR_MARK = 'md:pr-4';

/** The headline figures: always in the same place, on every page. */
export function TopBar() {
  const pathname = usePathname();
  const connection = useLive((view) => view.connection);
  return (
    <header className="flex min-h-13 flex-wrap items-center gap-x-7 gap-y-1 border-line border-b px-4 py-2 lg:px-6">
      <h1 className="min-w-21 font-semibold text-base">{placeOf(pathname)?.title ?? 'Ringmaster'}</h1>
      <Figures />
      <span id="header-room" className="h-8 min-w-0 flex-1 max-md:hidden" />
      <span className="inline-flex items-center gap-2 text-muted max-md:order-1 max-md:ml-auto">
        <ConnectionMark connection={connection} />
        <span>
          <span data-testid="connection">{CONNECTION_WORD[connection]}</span>
          <span className="max-md:hidden">{connection !== 'past' && <Runtime />}</span>
        </span>
      </span>
      <span className="max-md:hidden">
        <Keyboard />
      </span>
    </header>
  );
}

/** As the banner below has it. */
function ConnectionMark({ connection }: { readonly connection: Connection }) {
  const tone = connection === 'live' ? 'good' : connectionWords(connection, true)?.tone;
  return tone === undefined ? <Mark shape="circle" tone="warning" /> : <ToneMark tone={tone} />;
}

function Figures() {
  const state = useLive((view) => view.state);
  const past = useLive(({ connection }) => connection === 'past');
  const replaying = usePathname() === REPLAY_PATH;
  if (past !== replaying) return <p className="text-muted">reading the past…</p>;
  if (state === null) return <p className="text-muted">{past ? 'no figures of this moment' : 'no figures yet'}</p>;
  const { tone } = healthWords(state.replicas, state.ring);
  const serving = state.replicas.filter((replica) => replica.available).length;
  const { requestsPerSecond, p99Ms, lost, retries } = state.totals;
  return (
    <dl
      className="headline live-figure flex flex-wrap items-center gap-x-6 gap-y-1 max-md:order-2 max-md:basis-full"
      data-testid="headline"
    >
      <Figure word="replicas">
        <span className={`inline-flex items-center gap-1.5 ${tone === 'good' ? ROOM_FOR_MARK : toneClass(tone)}`}>
          {tone !== 'good' && <ToneMark tone={tone} />}
          {serving} of {state.replicas.length} serving
        </span>
      </Figure>
      <Figure word="req/s" width="min-w-10">
        {count(requestsPerSecond)}
      </Figure>
      <Figure word="p99" width="md:min-w-13">
        {latency(p99Ms)}
        {p99Ms !== null && ' ms'}
      </Figure>
      <Figure word={past ? 'lost in 2 min' : 'lost'}>{count(lost)}</Figure>
      <Figure word={past ? 'retried in 2 min' : 'retried'}>{count(retries)}</Figure>
      {!past && (
        <Figure word="alerts">
          <AlertFigure />
        </Figure>
      )}
    </dl>
  );
}

interface FigureProps {
  readonly word: string;
  /** Room for the figures it usually has, so that those after it stay where they are. */
  readonly width?: string;
  readonly children: React.ReactNode;
}

function Figure({ word, width = '', children }: FigureProps) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-muted">{word}</dt>
      <dd className={`font-semibold ${width}`}>{children}</dd>
    </div>
  );
}

function Runtime() {
  const detail = useLive((view) => view.state?.balancer.runtime ?? null);
  if (detail === null) return null;
  return (
    <span title={detail.detail}>
      {' · '}
      {detail.kind}
      {!detail.reachable && <strong className="text-critical"> not answering</strong>}
    </span>
  );
}
