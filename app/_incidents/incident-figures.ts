import type { IncidentView } from '#lib/api/state.ts';

/** Live ones go before what was stored of them; newest first. */
export function mergeIncidents(live: readonly IncidentView[], stored: readonly IncidentView[]): IncidentView[] {
  const all = new Map([...stored, ...live].map((incident) => [incident.id, incident]));
  return [...all.values()].sort((a, b) => b.at - a.at);
}

/** The middle value, or the mean of the two; null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[half - 1], sorted[half]];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
