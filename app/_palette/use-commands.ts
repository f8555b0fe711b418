'use client';

import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useMemo } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { alertCommands } from '../_alerts/alert-commands.ts';
import { actNow } from '../_changes/carry-out.ts';
import type { Change } from '../_changes/change.ts';
import { useProposeChange } from '../_changes/change-provider.tsx';
import { useMayChange } from '../_changes/use-may-change.ts';
import { useLive } from '../_live/provider.tsx';
import { RING_MODES } from '../_ring/arcs.ts';
import { useSelection } from '../_ring/selection.tsx';
import { PLACES } from '../_shell/places.ts';
import { useProjector } from '../_shell/projector.tsx';
import type { Command } from './command.ts';

/** Everything that can be done from anywhere, for this reader. */
export function useCommands(): readonly Command[] {
  const router = useRouter();
  const propose = useProposeChange();
  const { select } = useSelection();
  const { setTheme } = useTheme();
  const { toggleProjector } = useProjector();
  const mayChange = useMayChange();
  const fleet = useLive(({ state }) => state?.replicas.map(({ name, status }) => `${name} ${status}`).join('\n') ?? '');
  const alerts = useLive(({ state }) => state?.alerts ?? null);
  return useMemo(() => {
    const replicas =
      fleet === '' ? [] : fleet.split('\n').map((line) => line.split(' ') as [string, ReplicaView['status']]);
    const open = (path: string) => () => router.push(path);
    return [
      ...PLACES.map(
        (place): Command => ({
          id: place.path,
          group: 'Go to',
          words: place.title,
          keys: `g ${place.key}`,
          run: open(place.path),
        }),
      ),
      ...(mayChange ? [...changes(replicas, propose), ...alertCommands(alerts ?? [])] : []),
      ...replicas.map(
        ([name]): Command => ({
          id: `open ${name}`,
          group: 'Replicas',
          words: `Open ${name}`,
          run: open(`/replicas/${encodeURIComponent(name)}`),
        }),
      ),
      ...RING_MODES.map(
        (mode): Command => ({
          id: `ring ${mode}`,
          group: 'Ring',
          words: `Ring shows ${mode}`,
          run: () => select({ mode }),
        }),
      ),
      ...['light', 'dark', 'system'].map(
        (theme): Command => ({ id: theme, group: 'Look', words: `Theme: ${theme}`, run: () => setTheme(theme) }),
      ),
      { id: 'projector', group: 'Look', words: 'Projector on or off', keys: 'p', run: toggleProjector },
    ];
  }, [alerts, fleet, mayChange, router, propose, select, setTheme, toggleProjector]);
}

function changes(
  replicas: readonly (readonly [string, ReplicaView['status']])[],
  propose: (change: Change) => void,
): Command[] {
  const proposal = (words: string, change: Change, keys?: string): Command => ({
    id: words,
    group: 'Change',
    words,
    ...(keys === undefined ? {} : { keys }),
    run: () => propose(change),
  });
  return [
    proposal('Add replicas…', { kind: 'add' }, 'a'),
    proposal('Remove replicas…', { kind: 'remove', names: [] }),
    ...replicas.flatMap(([name, status]) => [
      proposal(`Kill ${name}…`, { kind: 'kill', name }),
      proposal(`Restart ${name}…`, { kind: 'restart', name }),
      proposal(`Drain ${name}…`, { kind: 'drain', name }),
      status === 'paused'
        ? {
            id: `unpause ${name}`,
            group: 'Change' as const,
            words: `Unpause ${name}`,
            run: () => actNow(name, 'unpause'),
          }
        : proposal(`Pause ${name}…`, { kind: 'pause', name }),
    ]),
  ];
}
