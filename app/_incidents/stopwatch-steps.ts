import type { IncidentView } from '#lib/api/state.ts';

/** One step of a failure's stopwatch. running: the one being waited for now; ms then counts up. */
export interface StopwatchStep {
  readonly word: string;
  readonly state: 'done' | 'running' | 'waiting';
  /** After the failure began; null while waiting. */
  readonly ms: number | null;
}

/** The steps of a failure at a moment. A step that was skipped over (its successor happened) counts as waiting. */
export function stopwatchSteps(incident: IncidentView, now: number): StopwatchStep[] {
  const steps: readonly (readonly [string, number | null])[] = [
    ['noticed', incident.noticedMs],
    ['out of rotation', incident.outOfRotationMs],
    ['new instance', incident.newInstanceMs],
    ['serving again', incident.servingMs],
  ];
  const last = steps.findLastIndex(([, ms]) => ms !== null);
  return steps.map(([word, ms], index) => {
    if (ms !== null) return { word, state: 'done', ms };
    if (index !== last + 1) return { word, state: 'waiting', ms: null };
    return { word, state: 'running', ms: Math.max(0, now - incident.at) };
  });
}
