import { z } from 'zod';
import { MAX_REPLICAS, SLOT_COUNT } from '../ring/types.ts';
import { replicaName } from './contract.ts';
import { type LifecycleEvent, lifecycleEvent } from './events.ts';
import { incidentView, replicaView } from './state.ts';

/** `POST /_ring/v1/replicas/NAME/ACTION`. `undrain` returns what `drain` set aside. */
export const REPLICA_ACTIONS = ['kill', 'pause', 'unpause', 'restart', 'drain', 'undrain'] as const;
export const replicaAction = z.enum(REPLICA_ACTIONS);
export type ReplicaAction = z.infer<typeof replicaAction>;

/** Its answer: the replica as it is right after the action was taken in hand. */
export const actionResult = z.object({ replica: replicaView });

export const replicasPage = z.object({ replicas: z.array(replicaView) });

/** `GET /_ring/v1/preview?change=add&n=2&name=S7`; `name` may be repeated. For kill and drain: exactly one name. */
export const previewQuery = z.object({
  change: z.enum(['add', 'remove', 'kill', 'drain']),
  n: z.coerce.number().int().min(1).max(MAX_REPLICAS).optional(),
  name: z.array(replicaName).max(MAX_REPLICAS).default([]),
});
export type PreviewQuery = z.infer<typeof previewQuery>;

const slotOwners = z.array(z.int()).length(SLOT_COUNT);

/** What a change would do. For kill and drain, `before` and `after` are who serves each slot, for the ring itself stays. */
export const preview = z.object({
  change: z.enum(['add', 'remove', 'kill', 'drain']),
  /** The replicas it is about; for an add with the seats and names they would get. */
  targets: z.array(z.object({ name: z.string(), seat: z.int() })),
  before: slotOwners,
  after: slotOwners,
  /** Who would own how much: home slots, or slots served for kill and drain. */
  shares: z.array(z.object({ name: z.string(), seat: z.int(), before: z.int(), after: z.int() })),
  moves: z.array(z.object({ from: z.int(), to: z.int(), slots: z.array(z.int()) })),
  moved: z.int(),
  /** The fewest slots any placement with even shares would have to move. */
  minimum: z.int(),
  /** Grows with each change of membership: a preview is exact while the ring's epoch is this. */
  epoch: z.int(),
});
export type Preview = z.infer<typeof preview>;

const seatRef = z.object({ name: z.string(), seat: z.int() });

/** `GET /_ring/v1/slots/N`. */
export const slotInspection = z.object({
  slot: z.int(),
  /** Null on an empty ring. */
  owner: seatRef.nullable(),
  /** The virtual node that makes it the owner: the nearest one clockwise. */
  virtualNode: z.int().nullable(),
  /** In order of preference after the owner. */
  understudies: z.array(seatRef),
  /** Who answers for it now. */
  serving: seatRef.nullable(),
});
export type SlotInspection = z.infer<typeof slotInspection>;

/** `GET /_ring/v1/keys?key=K`. */
export const keyInspection = slotInspection.extend({
  key: z.string(),
  /** 32-bit murmur3 of the key. */
  hash: z.int(),
});
export type KeyInspection = z.infer<typeof keyInspection>;

/** An event as it is kept: numbered over all boots. */
export const storedEvent = lifecycleEvent.extend({
  /** Grows with time, over restarts too. */
  id: z.int(),
  bootId: z.string(),
});
export type StoredEvent = z.infer<typeof storedEvent>;

/** What events are about: `alerts` and their webhooks, or `people`: everything that somebody did, and who. */
export const EVENT_SUBJECTS = ['alerts', 'people'] as const;
export type EventSubject = (typeof EVENT_SUBJECTS)[number];

/** The actor of what the balancer does by itself. */
export const BALANCER_ACTOR = 'balancer';

export function isAbout({ kind, actor }: Pick<LifecycleEvent, 'kind' | 'actor'>, about: EventSubject): boolean {
  return about === 'people' ? actor !== BALANCER_ACTOR : kind.startsWith('alert-') || kind.startsWith('webhook-');
}

/**
 * `GET /_ring/v1/history?after=ID&before=ID&from=MS&to=MS&limit=N&replica=NAME&kind=KIND&about=people`: oldest first;
 * without `after`, the newest ones. `from` and `to` are wall times in ms, both inclusive.
 */
export const historyQuery = z.object({
  after: z.coerce.number().int().min(0).optional(),
  before: z.coerce.number().int().min(0).optional(),
  from: z.coerce.number().min(0).optional(),
  to: z.coerce.number().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  replica: replicaName.optional(),
  kind: z.string().max(40).optional(),
  about: z.enum(EVENT_SUBJECTS).optional(),
});
export type HistoryQuery = z.infer<typeof historyQuery>;
export const historyPage = z.object({ events: z.array(storedEvent), more: z.boolean() });
export type HistoryPage = z.infer<typeof historyPage>;

/** `GET /_ring/v1/incidents?limit=N&to=MS`: newest first; `to` is wall time in ms, inclusive. */
export const incidentsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  to: z.coerce.number().min(0).optional(),
});
export type IncidentsQuery = z.infer<typeof incidentsQuery>;
export const incidentsPage = z.object({ incidents: z.array(incidentView) });

/** `GET /_ring/v1/replicas/NAME/logs?tail=N&follow=1`: one JSON object a line (application/x-ndjson). */
export const logsQuery = z.object({
  tail: z.coerce.number().int().min(0).max(5000).default(200),
  follow: z.enum(['0', '1', 'true', 'false']).default('0'),
});
export const logLine = z.object({ at: z.number(), stream: z.enum(['stdout', 'stderr']), text: z.string() });
export type LogLineView = z.infer<typeof logLine>;

/** `GET /_ring/v1/replicas/NAME/previous-log`: what the last instance that ended had printed, 100 lines at most. */
export const previousLog = z.object({
  /** Its id. */
  instance: z.string(),
  /** Why it ended. */
  reason: z.string(),
  /** Wall time, ms. */
  endedAt: z.number(),
  lines: z.array(logLine),
});
export type PreviousLog = z.infer<typeof previousLog>;
/** Null: none of its instances has ended. */
export const previousLogAnswer = z.object({ previous: previousLog.nullable() });

/** `POST /_ring/v1/replicas`, `DELETE /_ring/v1/replicas`: as `/add` and `/rm`, answered with the replicas concerned. */
export const changeResult = z.object({ names: z.array(z.string()), replicas: z.array(replicaView) });
export type ChangeResult = z.infer<typeof changeResult>;
