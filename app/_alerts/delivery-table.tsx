'use client';

import type { DeliveryView } from '#lib/api/webhooks.ts';
import { span } from '#lib/span.ts';
import { useNow } from '../_live/use-now.ts';
import type { Tone } from '../_replicas/status.ts';
import { plural } from '../_ui/format.ts';
import { ScrollRegion } from '../_ui/scroll-region.tsx';
import { ToneMark } from '../_ui/status-mark.tsx';
import { Time } from '../_ui/time.tsx';

const SHOWN = 20;

const LOOKS: Readonly<Record<DeliveryView['state'], Tone>> = {
  delivered: 'good',
  waiting: 'warning',
  failed: 'critical',
};

/** What became of the latest messages. */
export function DeliveryTable({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) {
  const now = useNow(1_000);
  return (
    <ScrollRegion className="mt-4 max-h-72" label="Deliveries">
      <table className="w-full min-w-[34rem]" data-testid="deliveries">
        <thead className="text-left text-muted">
          <tr className="border-line border-b">
            <th className="h-8 font-normal">when</th>
            <th className="font-normal">what</th>
            <th className="font-normal">state</th>
            <th className="font-normal">came of it</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.slice(0, SHOWN).map((delivery) => (
            <tr key={delivery.id} className="border-line border-b align-baseline">
              <td className="h-8 pr-3">
                <Time at={delivery.at} precision="seconds" />
              </td>
              <td className="pr-3">
                {delivery.title}
                {delivery.type === 'alert.resolved' && <span className="text-muted"> is over</span>}
                <span className="block break-all font-mono text-muted text-small">{delivery.target}</span>
              </td>
              <td className="whitespace-nowrap pr-3">
                <span className="inline-flex items-center gap-2">
                  <ToneMark tone={LOOKS[delivery.state]} />
                  {delivery.state}
                </span>
              </td>
              <td className="text-muted">{outcomeWords(delivery, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function outcomeWords({ attempts, outcome, state, nextAt }: DeliveryView, now: number): string {
  if (attempts === 0) return outcome ?? 'not sent yet';
  const tries = attempts === 1 ? '' : `, ${plural(attempts, 'try').replace('trys', 'tries')}`;
  const next = state === 'waiting' && nextAt !== null && nextAt > now ? `, again in ${span(nextAt - now)}` : '';
  return `${outcome ?? ''}${tries}${next}`;
}
