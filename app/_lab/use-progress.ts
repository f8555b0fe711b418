'use client';

import { useEffect, useState } from 'react';
import { type RunProgress, runProgress } from '#lib/lab/run.ts';

/** How often a page shows something new while a run goes on. */
const SHOW_MS = 200;

/** Follows a run; `onFinished` once it is over. Null before the first word of it. */
export function useProgress(id: string, running: boolean, onFinished: () => void): RunProgress | null {
  const [progress, setProgress] = useState<RunProgress | null>(null);
  useEffect(() => {
    if (!running) return undefined;
    const source = new EventSource(`/api/runs/${id}/events`);
    let latest: RunProgress | null = null;
    const show = setInterval(() => setProgress(latest), SHOW_MS);
    source.addEventListener('progress', (event) => {
      latest = runProgress.parse(JSON.parse(event.data));
    });
    // An error ends the telling too: the run is over, or somebody else will say what is wrong.
    const end = (): void => {
      source.close();
      clearInterval(show);
      onFinished();
    };
    source.addEventListener('finished', end);
    source.addEventListener('error', end);
    return () => {
      source.close();
      clearInterval(show);
    };
  }, [id, running, onFinished]);
  return progress;
}
