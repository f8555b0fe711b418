import type { IncidentView } from '#lib/api/state.ts';
import { span } from '#lib/span.ts';
import { count } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
import { ReplicaLink } from '../_ui/replica-link.tsx';
import { Time } from '../_ui/time.tsx';

const HEADS = [
  'noticed',
  'out of rotation',
  'new instance',
  'serving again',
  'first request',
  'requests',
  'retried',
  'lost',
] as const;

/** On a phone there is room for when a replica was back and what was lost. */
function onPhone(head: (typeof HEADS)[number]): string {
  return head === 'serving again' || head === 'lost' ? '' : 'max-sm:hidden';
}

export function IncidentTable({ incidents }: { readonly incidents: readonly IncidentView[] }) {
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full sm:min-w-[60rem] [&_:is(td,th)+:is(td,th)]:pl-3">
        <thead className="text-muted">
          <tr className="border-line border-b">
            <th className="h-8 text-left font-normal">when</th>
            <th className="text-left font-normal">replica</th>
            <th className="text-left font-normal max-sm:hidden">cause</th>
            {HEADS.map((head) => (
              <th key={head} className={`text-right font-normal ${onPhone(head)}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident) => (
            <IncidentRow key={incident.id} incident={incident} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function IncidentRow({ incident }: { readonly incident: IncidentView }) {
  const { noticedMs, outOfRotationMs, newInstanceMs, servingMs, firstRequestMs, requests, retried, lost } = incident;
  const steps = [noticedMs, outOfRotationMs, newInstanceMs, servingMs, firstRequestMs];
  const figures = [...steps.map((ms) => (ms === null ? '–' : span(ms))), ...[requests, retried, lost].map(count)];
  return (
    <tr className="h-8 border-line border-b max-sm:h-12">
      <td>
        <Link
          href={`/replay?at=${Math.floor(incident.at) - 1_000}&span=15m`}
          title="Replay it"
          className="underline-offset-4 hover:underline"
        >
          <Time at={incident.at} precision="seconds" />
        </Link>
        <span className="block text-muted text-small leading-4 sm:hidden">{incident.cause}</span>
      </td>
      <td className="font-semibold">
        <ReplicaLink name={incident.replica} />
      </td>
      <td className="max-w-80 truncate max-sm:hidden" title={incident.cause}>
        {incident.cause}
      </td>
      {HEADS.map((head, at) => (
        <td
          key={head}
          className={`text-right ${onPhone(head)} ${head === 'lost' && lost > 0 ? 'font-semibold text-critical' : ''}`}
        >
          {figures[at]}
        </td>
      ))}
    </tr>
  );
}
