'use client';

import { memo } from 'react';
import { span } from '#lib/span.ts';
import { ago } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
import { ReplicaLink } from '../_ui/replica-link.tsx';
import { ToneMark } from '../_ui/status-mark.tsx';
import { Time } from '../_ui/time.tsx';
import type { LinkedEvent } from './merge.ts';
import { SEVERITY_TONES } from './severities.ts';
import { fleetTarget } from './target.ts';

interface TimelineTableProps {
  readonly events: readonly LinkedEvent[];
  readonly now: number;
  readonly chosen: string;
  readonly onChoose: (link: string) => void;
}

export function TimelineTable({ events, now, chosen, onChoose }: TimelineTableProps) {
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full sm:min-w-[44rem]" data-testid="timeline">
        <thead className="text-left text-muted">
          <tr className="border-line border-b">
            <th className="h-8 w-16 font-normal sm:w-52">when</th>
            <th className="w-24 font-normal max-sm:hidden">ago</th>
            <th className="w-16 font-normal sm:w-28">whose</th>
            <th className="font-normal">what</th>
            <th className="w-40 font-normal max-sm:hidden">by whom</th>
            <th className="w-24 text-right font-normal max-sm:hidden">after</th>
            <th className="w-14 sm:w-20">
              <span className="sr-only">replay</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <TimelineRow
              key={event.link}
              event={event}
              ago={ago(now - event.at)}
              chosen={event.link === chosen}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TimelineRowProps {
  readonly event: LinkedEvent;
  /** In words, so that a row is drawn again only when they change. */
  readonly ago: string;
  readonly chosen: boolean;
  readonly onChoose: (link: string) => void;
}

const TimelineRow = memo(function TimelineRow({ event, ago: words, chosen, onChoose }: TimelineRowProps) {
  return (
    <tr
      id={`event-${event.link}`}
      aria-selected={chosen}
      className={`h-8 border-line border-b max-sm:align-baseline ${chosen ? 'bg-raised' : ''}`}
    >
      <td>
        <button
          type="button"
          title="Link to this moment"
          className="underline-offset-4 hover:underline"
          onClick={() => onChoose(chosen ? '' : event.link)}
        >
          <span className="max-sm:hidden">
            <Time at={event.at} precision="full" />
          </span>
          <span className="sm:hidden">
            <Time at={event.at} precision="clock" />
          </span>
        </button>
      </td>
      <td className="whitespace-nowrap text-muted max-sm:hidden">{words}</td>
      <td className="pr-2 font-semibold sm:pr-4">
        {event.replica === null ? (
          fleetTarget(event.kind)
        ) : (
          <ReplicaLink name={event.replica} className="max-sm:max-w-16" />
        )}
      </td>
      <td className="max-sm:py-1.5">
        <span className="inline-flex items-baseline gap-2">
          <ToneMark tone={SEVERITY_TONES[event.severity]} />
          {event.message}
        </span>
      </td>
      <td className="text-muted max-sm:hidden">{event.actor}</td>
      <td className="text-right font-mono text-muted text-small max-sm:hidden">
        {event.incident !== null && `+${span(event.incident.afterMs)}`}
      </td>
      <td className="text-right">
        <Link
          href={`/replay?at=${Math.ceil(event.at)}`}
          aria-label={`Replay the moment of: ${event.message}`}
          className="text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          replay
        </Link>
      </td>
    </tr>
  );
});
