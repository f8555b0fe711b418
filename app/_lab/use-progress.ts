'use client';

import { useEffect, useState } from 'react';
import { runMessage } from '#lib/lab/run.ts';
import { type Following, heard, NOTHING_HEARD } from './follow.ts';

/** How often a page shows something new while a run goes on. */
const SHOW_MS = 200;

/** Follows a run; `onFinished` once it is over. */
export function useProgress(id: string, running: boolean, onFinished: () => void): Following {
  const [following, setFollowing] = useState(NOTHING_HEARD);
  useEffect(() => {
    if (!running) return undefined;
    const source = new EventSource(`/api/runs/${id}/events`);
    let latest = NOTHING_HEARD;
    const show = setInterval(() => setFollowing(latest), SHOW_MS);
    const hear = (event: MessageEvent<string>): void => {
      latest = heard(latest, runMessage.parse({ type: event.type, data: JSON.parse(event.data) }));
    };
    source.addEventListener('progress', hear);
    source.addEventListener('found', hear);
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
  return following;
}
