'use client';

import { murmur3, slotOfHash } from '#lib/ring/hash.ts';
import { useLive } from '../_live/provider.tsx';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { Swatch } from '../_ui/swatch.tsx';
import { useRingTable } from './ring-table.tsx';
import { useSelection } from './selection.tsx';
import { seatName, slotWords } from './slot-words.ts';

/** Why a key goes where it goes, step by step; or the same for a slot picked out by hand. */
export function Inspector() {
  const { selection, select } = useSelection();
  const key = selection.key;
  const change = (next: string): void => select({ key: next, slot: next === '' ? null : slotOfHash(murmur3(next)) });
  const slot = selection.hovered ?? selection.slot;
  const keyed = key !== '' && slot === slotOfHash(murmur3(key));
  return (
    <Panel title="Inspect" className="shrink-0 border-line border-b">
      <label htmlFor="inspected-key" className="sr-only">
        Key
      </label>
      <input
        id="inspected-key"
        type="search"
        placeholder="Type a key: a path, an address, a user…"
        value={key}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        className="mb-3 h-9 w-full rounded-lg border border-line bg-transparent px-3 font-mono placeholder:font-sans placeholder:text-muted focus:border-focus focus:outline-none"
      />
      <div data-testid="inspection">
        {slot === null ? (
          <p className="text-muted">Type a key, or point at a slot of the ring or the grid.</p>
        ) : (
          <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-y-1.5">
            {keyed && (
              <Entry word="key hash" note="murmur3, 32 bits">
                {hex(murmur3(key))}
              </Entry>
            )}
            <SlotEntries slot={slot} hashed={keyed} />
          </dl>
        )}
      </div>
    </Panel>
  );
}

function hex(hash: number): string {
  return `0x${hash.toString(16).padStart(8, '0')}`;
}

interface EntryProps {
  readonly word: string;
  readonly note?: string;
  readonly children: React.ReactNode;
}

function Entry({ word, note, children }: EntryProps) {
  return (
    <>
      <dt className="text-muted">{word}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="font-semibold">{children}</span>
        {note !== undefined && <span className="text-muted">{note}</span>}
      </dd>
    </>
  );
}

function SlotEntries({ slot, hashed }: { readonly slot: number; readonly hashed: boolean }) {
  const ring = useLive(({ state }) => state?.ring ?? null);
  const table = useRingTable();
  const words = ring === null ? null : slotWords(ring, table(ring), slot);
  if (ring === null || words === null) return <Entry word="slot">{slot}</Entry>;
  return (
    <>
      <Entry word="slot" note={hashed ? 'the hash’s lowest 9 bits' : 'of 0 to 511'}>
        {slot}
      </Entry>
      <Entry word="virtual node" note={words.virtualNode === slot ? 'on this very slot' : 'the nearest clockwise'}>
        {words.virtualNode}
      </Entry>
      <Entry word="owner">
        <SeatLink seat={words.owner} name={words.ownerName} />
      </Entry>
      {words.servedBy !== null && (
        <Entry word="served now by" note="its owner is away">
          <SeatLink seat={ring.serving[slot] ?? 0} name={words.servedBy} />
        </Entry>
      )}
      <Entry word="understudies" {...(words.understudies.length === 0 ? { note: 'none: it is the only one' } : {})}>
        <span className="flex flex-wrap gap-x-3 font-normal">
          {words.understudies.slice(0, 8).map((seat) => (
            <SeatLink key={seat} seat={seat} name={seatName(ring, seat)} />
          ))}
          {words.understudies.length > 8 && (
            <span className="text-muted">and {words.understudies.length - 8} more</span>
          )}
        </span>
      </Entry>
    </>
  );
}

function SeatLink({ seat, name }: { readonly seat: number; readonly name: string }) {
  if (seat === 0) return <span className="text-critical">nobody</span>;
  return (
    <Link
      href={`/replicas/${encodeURIComponent(name)}`}
      className="inline-flex items-center gap-1.5 underline-offset-4 hover:underline"
    >
      <Swatch seat={seat} />
      {name}
    </Link>
  );
}
