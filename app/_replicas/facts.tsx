'use client';

import type { ReplicaView } from '#lib/api/state.ts';
import { SECOND, span } from '#lib/span.ts';
import { useLive } from '../_live/provider.tsx';
import { useNow } from '../_live/use-now.ts';
import { ago, bytes, count } from '../_ui/format.ts';
import { Panel } from '../_ui/panel.tsx';
import { Time } from '../_ui/time.tsx';

/** What the container or process in this seat is. */
export function Facts({ replica }: { readonly replica: ReplicaView }) {
  const runtime = useLive(({ state }) => state?.balancer.runtime ?? null);
  const now = useNow(1_000);
  const { instance, resources, traffic } = replica;
  return (
    <Panel title="Instance" className="border-line border-b">
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-1.5">
        <Fact word="seat">{replica.seat}</Fact>
        <Fact word="runtime">{runtime?.detail ?? '–'}</Fact>
        {instance === null ? (
          <Fact word="instance">none now</Fact>
        ) : (
          <>
            <Fact word={runtime?.kind === 'docker' ? 'image' : 'command'} mono>
              {instance.origin ?? '–'}
            </Fact>
            <Fact word="id" mono>
              {instance.id}
            </Fact>
            <Fact word="address" mono>
              {instance.address.host}:{instance.address.port}
            </Fact>
            {instance.pid !== null && (
              <Fact word="pid" mono>
                {instance.pid}
              </Fact>
            )}
            <Fact word="started">
              <Time at={instance.startedAt} precision="seconds" />
              <span className="ml-2 text-muted">{ageWords(now - instance.startedAt)}</span>
            </Fact>
          </>
        )}
        <Fact word="memory">{memoryWords(resources)}</Fact>
        <Fact word="restarts">{replica.restarts}</Fact>
        {runtime?.kind === 'docker' && <Fact word="standby">{replica.standby}</Fact>}
        <Fact word="requests">
          {count(traffic.requests)}{' '}
          <span className="text-muted">
            · {count(traffic.errors)} errors, {count(traffic.retries)} retried
          </span>
        </Fact>
      </dl>
    </Panel>
  );
}

/** To the second, which is what this is read anew by: less is "just now". */
function ageWords(ms: number): string {
  return ms < SECOND ? ago(ms) : `${span(ms)} ago`;
}

function memoryWords(resources: ReplicaView['resources']): string {
  if (resources === null) return '–';
  const limit = resources.memoryLimitBytes;
  return limit === null
    ? `${bytes(resources.memoryBytes)}, no limit`
    : `${bytes(resources.memoryBytes)} of ${bytes(limit)}`;
}

interface FactProps {
  readonly word: string;
  readonly mono?: boolean;
  readonly children: React.ReactNode;
}

function Fact({ word, mono = false, children }: FactProps) {
  return (
    <>
      <dt className="text-muted">{word}</dt>
      <dd className={`min-w-0 break-words ${mono ? 'font-mono text-small' : ''}`}>{children}</dd>
    </>
  );
}
