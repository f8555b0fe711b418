import { type EventSubject, isAbout, type StoredEvent } from '#lib/api/admin.ts';
import type { LifecycleEvent } from '#lib/api/events.ts';

/** An event that can be linked to: numbers begin anew with each start of the balancer, so the boot belongs to it. */
export interface LinkedEvent extends LifecycleEvent {
  readonly link: string;
}

/** Live events and those read from the store as one list, newest first, each once. */
export function mergeEvents(
  bootId: string | null,
  live: readonly LifecycleEvent[],
  stored: readonly StoredEvent[],
): LinkedEvent[] {
  const all = new Map<string, LinkedEvent>();
  for (const event of stored) {
    const link = `${event.bootId}-${event.sequence}`;
    all.set(link, { ...event, link });
  }
  if (bootId !== null) {
    for (const event of live) all.set(`${bootId}-${event.sequence}`, { ...event, link: `${bootId}-${event.sequence}` });
  }
  return [...all.values()].sort((a, b) => b.at - a.at || b.sequence - a.sequence);
}

/** What the timeline is narrowed down to; empty fields let everything through. */
export interface EventFilter {
  readonly replica: string;
  readonly severity: LifecycleEvent['severity'] | '';
  readonly find: string;
  readonly about: EventSubject | '';
}

export function isShown(event: LifecycleEvent, { replica, severity, find, about }: EventFilter): boolean {
  if (replica !== '' && event.replica !== replica) return false;
  if (severity !== '' && event.severity !== severity) return false;
  if (about !== '' && !isAbout(event, about)) return false;
  const text = `${event.kind} ${event.message} ${event.replica ?? ''} ${event.actor}`.toLowerCase();
  return text.includes(find.toLowerCase());
}
