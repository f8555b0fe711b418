import type { IncidentView } from '#lib/api/state.ts';
import { count, span } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
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
];

export function IncidentTable({ incidents }: { readonly incidents: readonly IncidentView[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[60rem]">
        <thead className="text-muted">
          <tr className="border-line border-b">
            <th className="h-8 text-left font-normal">when</th>
            <th className="text-left font-normal">replica</th>
            <th className="text-left font-normal">cause</th>
            {HEADS.map((head) => (
              <th key={head} className="text-right font-normal">
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
  const steps = { noticedMs, outOfRotationMs, newInstanceMs, servingMs, firstRequestMs };
  return (
    <tr className="h-8 border-line border-b">
      <td>
        <Link
          href={`/replay?at=${Math.floor(incident.at) - 1_000}&span=15m`}
          title="Replay it"
          className="underline-offset-4 hover:underline"
        >
          <Time at={incident.at} precision="seconds" />
        </Link>
      </td>
      <td className="font-semibold">
        <Link href={`/replicas/${encodeURIComponent(incident.replica)}`} className="underline-offset-4 hover:underline">
          {incident.replica}
        </Link>
      </td>
      <td>{incident.cause}</td>
      {Object.entries(steps).map(([step, ms]) => (
        <td key={step} className="text-right">
          {ms === null ? '–' : span(ms)}
        </td>
      ))}
      <td className="text-right">{count(requests)}</td>
      <td className="text-right">{count(retried)}</td>
      <td className={`text-right ${lost > 0 ? 'font-semibold text-critical' : ''}`}>{count(lost)}</td>
    </tr>
  );
}
