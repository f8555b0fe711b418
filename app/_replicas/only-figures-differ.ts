import type { ReplicaView } from '#lib/api/state.ts';

/** What changes with every second of traffic. */
const FIGURES: ReadonlySet<string> = new Set(['traffic', 'resources'] satisfies (keyof ReplicaView)[]);

/** Whether two views of a replica differ in nothing but what is measured every second. */
export function onlyFiguresDiffer(before: ReplicaView, after: ReplicaView): boolean {
  if (before === after) return true;
  const keys = Object.keys(after) as (keyof ReplicaView)[];
  return keys.every((key) => FIGURES.has(key) || before[key] === after[key]);
}
