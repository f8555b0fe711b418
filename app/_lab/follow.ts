import type { LoadFrame } from '#lib/lab/load.ts';
import type { RunMessage, RunProgress, RunResult } from '#lib/lab/run.ts';

/** What has been heard of a run that goes on. */
export interface Following {
  readonly progress: RunProgress | null;
  /** Stretches of the load that goes on now, oldest first. */
  readonly frames: readonly LoadFrame[];
  /** The result so far. */
  readonly found: RunResult | null;
}

export const NOTHING_HEARD: Following = { progress: null, frames: [], found: null };

/** As many as a chart shows; a longer load shows its latest. */
const MOST_FRAMES = 240;

/** Takes in what was heard. A load that begins anew begins with an earlier moment. */
export function heard(following: Following, message: RunMessage): Following {
  if (message.type === 'finished') return following;
  if (message.type === 'found') return { ...following, found: message.data };
  const progress = message.data;
  return { ...following, progress, frames: framesAfter(following.frames, progress.frame) };
}

function framesAfter(frames: readonly LoadFrame[], frame: LoadFrame | null): readonly LoadFrame[] {
  if (frame === null) return frames;
  const last = frames.at(-1)?.atMs ?? -1;
  if (frame.atMs === last) return frames;
  return frame.atMs < last ? [frame] : [...frames, frame].slice(-MOST_FRAMES);
}
