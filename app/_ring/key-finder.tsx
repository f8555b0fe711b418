'use client';

import { murmur3, slotOfHash } from '#lib/ring/hash.ts';
import { useSelection } from './selection.tsx';

/** Type a key: the ring shows its slot as you type. */
export function KeyFinder() {
  const { selection, select } = useSelection();
  const { key } = selection;
  const slot = key === '' ? null : slotOfHash(murmur3(key));
  return (
    <span className="relative inline-flex items-center max-sm:w-full">
      <input
        id="key-finder"
        type="search"
        aria-label="Find a key"
        placeholder="Find a key…"
        value={key}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const next = event.target.value;
          select({ key: next, slot: next === '' ? null : slotOfHash(murmur3(next)) });
        }}
        className="h-8 w-40 max-sm:w-full rounded-lg border border-line bg-ground px-2.5 placeholder:text-muted focus:border-focus focus:outline-none"
      />
      {slot !== null && selection.slot === slot && (
        <output className="pointer-events-none absolute right-2.5 font-mono text-muted text-small">{slot}</output>
      )}
    </span>
  );
}
