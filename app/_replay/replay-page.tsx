'use client';

import { useLive } from '../_live/provider.tsx';
import { Reading } from '../_live/reading.tsx';
import { Overview } from '../_shell/overview.tsx';
import { ReplayBar } from './replay-bar.tsx';
import { useReplayKeys } from './use-keys.ts';
import { useReplay } from './use-replay.ts';

/** The overview as it was: ring, replicas, charts, stopwatch and events of one moment. */
export function ReplayPage() {
  const replay = useReplay();
  useReplayKeys(replay);
  // Until the past is there nothing is shown: the present in its place would be taken for it.
  const known = useLive(({ state, connection }) => state !== null && connection === 'past');
  return (
    <div className="flex min-h-full flex-col lg:h-full">
      <ReplayBar replay={replay} />
      {known && <Overview className="min-h-0 flex-1" />}
      {!known && (
        <p className="px-4 py-6 text-muted lg:px-6" data-testid="nothing-kept">
          {replay.error !== null && 'What was kept cannot be read now. It is tried again every 2 s.'}
          {replay.error === null &&
            (replay.reading ? <Reading /> : 'No balancer ran at this moment, or nothing was kept of it.')}
        </p>
      )}
    </div>
  );
}
