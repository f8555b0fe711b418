'use client';

import { Pause, Play } from 'lucide-react';
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useState } from 'react';
import { murmur3, slotOfHash } from '#lib/ring/hash.ts';
import { Button } from '../_ui/button.tsx';
import { RING_MODES, type RingMode } from './arcs.ts';
import { ModeSwitch } from './mode-switch.tsx';
import { Ring } from './ring.tsx';
import { useSelection } from './selection.tsx';

const LINK = {
  mode: parseAsStringLiteral(RING_MODES).withDefault('owner'),
  slot: parseAsInteger,
  key: parseAsString.withDefault(''),
};

/** What the colours of a mode mean. */
const MODE_WORDS: Readonly<Record<RingMode, string>> = {
  owner: 'In colour who owns a slot. Hollow, with thin stripes: its owner is away, and inside is who serves it now.',
  load: 'The more a slot stands out, the more it was asked for lately.',
  change: 'In colour the slots that the last change moved, by their new owner; inside is who had them before.',
  health: 'How the owner of a slot is. Plain: it serves. Dotted: paused, draining or degraded. Striped: down.',
};

const PREVIEW_WORDS =
  'In colour the slots that would change hands, by who would answer for them; inside is who does now.';

/** The ring on its own page: as large as the page, its traffic can be paused, and what is picked out is in the URL. */
export function RingStage() {
  const [paused, setPaused] = useState(false);
  const { mode, preview } = useSelection().selection;
  useSelectionInUrl();
  return (
    <section
      aria-label="Ring"
      className="relative flex min-h-0 min-w-0 flex-col border-line border-b px-4 pt-3 pb-4 lg:border-r lg:border-b-0 lg:px-5"
    >
      <div className="z-[1] flex flex-wrap items-center justify-between gap-2">
        <ModeSwitch />
        <Button onClick={() => setPaused(!paused)} aria-pressed={paused}>
          {paused ? (
            <Play className="size-3.5" aria-hidden="true" />
          ) : (
            <Pause className="size-3.5" aria-hidden="true" />
          )}
          {paused ? 'Show traffic' : 'Pause traffic'}
        </Button>
      </div>
      <div className="live-figure ring-place grid min-h-0 flex-1 place-items-center">
        <Ring trafficPaused={paused} />
      </div>
      <p className="pt-3 text-center text-small" data-testid="mode-words">
        {preview === null ? MODE_WORDS[mode] : PREVIEW_WORDS}
      </p>
      <p className="hidden text-center text-muted text-small lg:block">
        Tab to the ring, then arrows: a slot · PageUp/PageDown: 16 · N/P: a virtual node · Home/End · Esc: let go
      </p>
    </section>
  );
}

/** The URL opens what it names, and follows what is picked out from then on. */
function useSelectionInUrl(): void {
  const { selection, select } = useSelection();
  const [link, setLink] = useQueryStates(LINK, { history: 'replace' });
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (opened) return;
    setOpened(true);
    const slot = link.key === '' ? inRange(link.slot) : slotOfHash(murmur3(link.key));
    if (link.mode !== 'owner' || slot !== null) select({ mode: link.mode, slot, key: link.key });
  }, [opened, link, select]);
  const { mode, slot, key } = selection;
  useEffect(() => {
    if (opened) void setLink({ mode, slot: key === '' ? slot : null, key });
  }, [opened, mode, slot, key, setLink]);
}

function inRange(slot: number | null): number | null {
  return slot !== null && slot >= 0 && slot <= 511 ? slot : null;
}
