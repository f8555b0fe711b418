'use client';

import { useMemo } from 'react';
import { useLive } from '../_live/provider.tsx';
import { NameText } from '../_ui/name-text.tsx';
import { Panel } from '../_ui/panel.tsx';
import { Swatch } from '../_ui/swatch.tsx';
import { useSelection } from './selection.tsx';
import { seatName } from './slot-words.ts';
import { type Stretch, stretchesOf } from './virtual-nodes.ts';

/** The ring as a table: every virtual node and the slots it stands for. Shares its selection with the drawings. */
export function SlotTable() {
  const ring = useLive(({ state }) => state?.ring ?? null);
  const { selection, select } = useSelection();
  const stretches = useMemo(() => (ring === null ? [] : stretchesOf(ring)), [ring]);
  const shown = selection.seat === null ? stretches : stretches.filter((stretch) => stretch.seat === selection.seat);
  if (ring === null) return null;
  return (
    <Panel title="Virtual nodes" side={<SeatPicker />}>
      <div className="max-h-104 overflow-auto lg:max-h-none">
        <table className="w-full [&_:is(th,td):not(:first-child)]:pl-2">
          <thead className="sticky top-0 bg-ground">
            <tr className="border-line border-b text-left text-muted">
              <th className="h-8 font-normal">node at slot</th>
              <th className="font-normal">replica</th>
              <th className="font-normal">its slots</th>
              <th className="text-right font-normal">count</th>
              <th className="text-right font-normal">owner away</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((stretch) => (
              <tr key={stretch.node} className="h-8 border-line border-b">
                <td>
                  <button
                    type="button"
                    className="font-mono underline-offset-4 hover:underline"
                    onClick={() => select({ slot: stretch.node, key: '' })}
                  >
                    {stretch.node}
                  </button>
                </td>
                <td>
                  <span className="inline-flex items-center gap-2">
                    <Swatch seat={stretch.seat} />
                    <span className="replica-name max-w-32">
                      <NameText name={seatName(ring, stretch.seat)} />
                    </span>
                  </span>
                </td>
                <td className="whitespace-nowrap font-mono text-muted">
                  {stretch.length === 1 ? stretch.node : `${stretch.first}–${stretch.node}`}
                </td>
                <td className="text-right">{stretch.length}</td>
                <td className="whitespace-nowrap text-right">
                  <Away stretch={stretch} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {stretches.length === 0 && <p className="py-3 text-muted">No replica is on the ring.</p>}
      </div>
    </Panel>
  );
}

function Away({ stretch: { away, unserved } }: { readonly stretch: Stretch }) {
  if (unserved > 0) return <span className="text-critical">{unserved} unserved</span>;
  return <span className={away > 0 ? 'text-warning' : 'text-muted'}>{away}</span>;
}

function SeatPicker() {
  const members = useLive(({ state }) => state?.ring.members ?? null);
  const { selection, select } = useSelection();
  return (
    <label className="text-muted">
      of{' '}
      <select
        value={selection.seat ?? ''}
        onChange={(event) => select({ seat: event.target.value === '' ? null : Number(event.target.value) })}
        className="h-8 max-w-40 rounded-lg border border-line bg-ground px-2 text-ink"
      >
        <option value="">all replicas</option>
        {members?.map(({ name, seat }) => (
          <option key={seat} value={seat}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
