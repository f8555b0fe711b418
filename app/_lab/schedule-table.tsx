'use client';

import { useQuery } from '@tanstack/react-query';
import { EXPERIMENT_TITLES } from '#lib/lab/experiment.ts';
import type { Schedule } from '#lib/lab/schedule.ts';
import { span } from '#lib/span.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { useNow } from '../_live/use-now.ts';
import { useSession } from '../_shell/session.tsx';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { listSchedules, removeSchedule } from './api.ts';

const REFRESH_MS = 2000;
/** Left out on a phone: the run itself is among those below. */
const WIDE = 'max-sm:hidden';

/** What is run every so often, and how it went so far; nothing where nothing is scheduled. */
export function ScheduleTable() {
  const stored = useQuery({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => listSchedules(signal),
    refetchInterval: REFRESH_MS,
  });
  const { role } = useSession();
  const now = useNow(1000);
  const schedules = stored.data ?? [];
  if (schedules.length === 0) return null;
  const remove = (id: string): void => void removeSchedule(id).finally(() => stored.refetch());
  return (
    <Panel title="Schedules" className="border-line border-b">
      <div className="relative overflow-x-auto">
        <table className="w-full sm:min-w-[40rem] [&_:is(td,th)+:is(td,th)]:pl-3" data-testid="schedules">
          <thead className="text-muted">
            <tr className="border-line border-b">
              {['what', 'every', 'next', 'went well', 'latest', ''].map((word) => (
                <th
                  key={word}
                  scope="col"
                  className={`h-8 text-left font-normal ${word === 'went well' || word === 'latest' ? WIDE : ''}`}
                >
                  {word || <span className="sr-only">remove</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {schedules.map((one) => (
              <ScheduleRow
                key={one.id}
                schedule={one}
                now={now}
                {...(role === 'operator' ? { onRemove: () => remove(one.id) } : {})}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface ScheduleRowProps {
  readonly schedule: Schedule;
  readonly now: number;
  readonly onRemove?: () => void;
}

function ScheduleRow({ schedule, now, onRemove }: ScheduleRowProps) {
  const { request, everyMs, nextAt, runs, passed, lastRun } = schedule;
  const fault = 'fault' in request ? ` (${request.fault})` : '';
  return (
    <tr className="h-9 border-line border-b">
      <td className="font-semibold">{EXPERIMENT_TITLES[request.kind] + fault}</td>
      <td>{span(everyMs)}</td>
      <td>{nextAt > now ? `in ${span(nextAt - now)}` : 'now'}</td>
      <td className={`${WIDE} ${passed < runs ? 'text-critical' : ''}`}>
        {runs === 0 ? 'not run yet' : `${passed} of ${runs}`}
      </td>
      <td className={WIDE}>
        {lastRun !== null && (
          <Link href={`/experiments/${lastRun}`} className="underline underline-offset-4">
            {lastRun}
          </Link>
        )}
      </td>
      <td className="text-right">
        {onRemove && (
          <ChangeButton weight="quiet" onClick={onRemove}>
            Remove
          </ChangeButton>
        )}
      </td>
    </tr>
  );
}
