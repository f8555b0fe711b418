import type { IncidentView } from '#lib/api/state.ts';

/** Letters of a replica's name that a mark in the chart has room for. */
const LONGEST_NAME = 16;
/** A letter at the size of an axis' figures, and the narrowest that a chart gets, px. */
const LETTER_PX = 6.5;
const NARROWEST_PX = 240;
const GAP_PX = 12;

export interface AwayLabel {
  readonly value: string;
  /** Which way the words go from their line. */
  readonly position: 'insideTopLeft' | 'insideTopRight';
}

type Stretch = readonly [from: number, to: number];

const meet = (a: Stretch, b: Stretch): boolean => a[0] < b[1] && b[0] < a[1];

/**
 * The words at the incidents of a chart, by incident. They go towards its middle. The newest always has some; one before
 * it only where they meet no others, and no other's line. `until`: where the chart ends, wall time in ms.
 */
export function awayLabels(
  incidents: readonly IncidentView[],
  until: number,
  spanMs: number,
): ReadonlyMap<string, AwayLabel> {
  const labels = new Map<string, AwayLabel>();
  const taken: Stretch[] = [];
  for (const incident of incidents.toSorted((a, b) => b.at - a.at)) {
    const value = `${shortened(incident.replica)} away`;
    const width = ((value.length * LETTER_PX + GAP_PX) / NARROWEST_PX) * spanMs;
    const end = Math.min(until, incident.at + (incident.servingMs ?? spanMs));
    const isEarly = incident.at < until - spanMs / 2;
    const stretch: Stretch = isEarly ? [incident.at, incident.at + width] : [end - width, end];
    const lines = incidents.filter(({ id }) => id !== incident.id).map(({ at }): Stretch => [at, at + 1]);
    if (labels.size > 0 && [...taken, ...lines].some((other) => meet(stretch, other))) continue;
    taken.push(stretch);
    labels.set(incident.id, { value, position: isEarly ? 'insideTopLeft' : 'insideTopRight' });
  }
  return labels;
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}
