import type { Sample } from '#lib/api/samples.ts';
import { isTrouble } from '../_replicas/status.ts';
import { bytes, count, latency, percent } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
import { ReplicaLink } from '../_ui/replica-link.tsx';
import { StatusMark } from '../_ui/status-mark.tsx';
import { Swatch } from '../_ui/swatch.tsx';
import { sampleAt } from './moment.ts';

const HEADS = ['req/s', 'errors/s', 'in flight', 'p50 / p99 ms', 'CPU', 'memory'] as const;

/** Left out on a phone. */
const WIDE = 'max-sm:hidden';

function onPhone(head: (typeof HEADS)[number]): string {
  return head === 'req/s' || head === 'p50 / p99 ms' ? '' : WIDE;
}

/** Every replica as it was at a moment. */
export function MomentTable({ samples, at }: { readonly samples: readonly Sample[]; readonly at: number | null }) {
  const sample = sampleAt(samples, at);
  if (sample === null) return null;
  return (
    <div className="relative overflow-x-auto">
      <p className="mb-1 text-right">
        <Link href={`/replay?at=${sample.at}`} className="text-muted underline-offset-4 hover:text-ink hover:underline">
          see the whole ring at this moment
        </Link>
      </p>
      <table className="w-full sm:min-w-[40rem]" data-testid="moment">
        <thead className="text-muted">
          <tr className="border-line border-b">
            <th className="h-8 text-left font-normal">replica</th>
            <th className="text-left font-normal">state</th>
            {HEADS.map((head) => (
              <th key={head} className={`text-right font-normal ${onPhone(head)}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.replicas.map((replica) => (
            <MomentRow key={replica.seat} replica={replica} />
          ))}
        </tbody>
      </table>
      {sample.replicas.length === 0 && <p className="py-3 text-muted">There were no replicas.</p>}
    </div>
  );
}

function MomentRow({ replica }: { readonly replica: Sample['replicas'][number] }) {
  const { name, seat, status, requestsPerSecond, errorsPerSecond, inFlight, p50Ms, p99Ms, cpuPercent, memoryBytes } =
    replica;
  return (
    <tr className={`h-8 border-line border-b ${isTrouble(status) ? 'bg-tint' : ''}`}>
      <th scope="row" className="text-left">
        <span className="inline-flex items-center gap-2">
          <Swatch seat={seat} />
          <ReplicaLink name={name} />
        </span>
      </th>
      <td>
        <StatusMark status={status} />
      </td>
      <td className="text-right">{count(requestsPerSecond)}</td>
      <td className={`text-right ${WIDE}`}>{count(errorsPerSecond)}</td>
      <td className={`text-right ${WIDE}`}>{count(inFlight)}</td>
      <td className="text-right">{p99Ms === null ? '–' : `${latency(p50Ms)} / ${latency(p99Ms)}`}</td>
      <td className={`text-right ${WIDE}`}>{cpuPercent === null ? '–' : percent(cpuPercent)}</td>
      <td className={`text-right ${WIDE}`}>{memoryBytes === null ? '–' : bytes(memoryBytes)}</td>
    </tr>
  );
}
