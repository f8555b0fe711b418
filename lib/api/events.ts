import { z } from 'zod';
import { alertView } from './alerts.ts';
import { incidentView, replicaView, ringView, state, trafficView } from './state.ts';

export const EVENT_KINDS = [
  'balancer-started',
  'adopted',
  'added',
  'removed',
  'killed',
  'noticed',
  'out-of-rotation',
  'instance-starting',
  'instance-started',
  'start-failed',
  'standby-ready',
  'standby-lost',
  'serving',
  'first-request',
  'drain-started',
  'drained',
  'paused',
  'unpaused',
  'restarted',
  'degraded',
  'ejected',
  'returned',
  'crash-looping',
  'runtime-lost',
  'runtime-back',
  'balancer-paused',
  'settings-changed',
  'certificates-loaded',
  'certificates-refused',
  'alert-fired',
  'alert-resolved',
  'alert-acknowledged',
  'alert-unacknowledged',
  'alert-silenced',
  'alert-unsilenced',
  'alert-rule-changed',
  'webhook-changed',
  'webhook-failed',
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'run-started',
  'run-cancelled',
  'run-removed',
  'schedule-changed',
] as const;

/** One line of the timeline. Kept; numbered without gaps within one boot. */
export const lifecycleEvent = z.object({
  sequence: z.int(),
  /** Wall time, ms. */
  at: z.number(),
  kind: z.enum(EVENT_KINDS),
  severity: z.enum(['info', 'good', 'warning', 'critical']),
  replica: z.string().nullable(),
  /** Plain words, without the replica's name: "out of rotation: socket closed". */
  message: z.string(),
  /** Who caused it: an operator's action or the system's own loops. */
  actor: z.string(),
  /** The failure it belongs to, and how long after its start, ms. */
  incident: z.object({ id: z.string(), afterMs: z.number() }).nullable(),
});
export type LifecycleEvent = z.infer<typeof lifecycleEvent>;

/** 5–10 a second while traffic flows, at least one a second otherwise. Deltas since the frame before. */
export const trafficFrame = z.object({
  at: z.number(),
  intervalMs: z.number(),
  /** Requests by slot since the last frame, sparse: [slot, count]. */
  slots: z.array(z.tuple([z.int(), z.int()])),
  /** [seat, requests, errors, inFlight] since the last frame. */
  seats: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])),
});
export type TrafficFrame = z.infer<typeof trafficFrame>;

/** Once a second: the figures of the table. */
export const secondFrame = z.object({
  at: z.number(),
  totals: trafficView.extend({ lost: z.number(), spilled: z.number(), serving: z.int() }),
  replicas: z.array(replicaView.pick({ name: true, seat: true, traffic: true, resources: true })),
});
export type SecondFrame = z.infer<typeof secondFrame>;

/**
 * Messages of `GET /_ring/v1/events` (server-sent events). The SSE `event:` field is `type`, `data:` the JSON of `data`.
 * `hello` and lifecycle messages (`event`, `replica`, `ring`, `incident`, `alert`) carry an SSE `id:` of the form `BOOT-SEQUENCE`;
 * frames carry none. `Last-Event-ID` resumes after that sequence if it is still held, else the stream starts with `hello`.
 */
export const streamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), data: state }),
  z.object({ type: z.literal('event'), data: lifecycleEvent }),
  z.object({ type: z.literal('replica'), data: replicaView }),
  z.object({ type: z.literal('replica-gone'), data: z.object({ name: z.string(), seat: z.int() }) }),
  z.object({ type: z.literal('ring'), data: ringView }),
  z.object({ type: z.literal('incident'), data: incidentView }),
  /** An alert as it is now; also one that ended. Its figure alone comes as a frame, without an id. */
  z.object({ type: z.literal('alert'), data: alertView }),
  /** Rules, silences or webhooks are not as they were: ask for them again. */
  z.object({ type: z.literal('alert-settings'), data: z.object({ what: z.enum(['rules', 'silences', 'webhooks']) }) }),
  z.object({ type: z.literal('traffic'), data: trafficFrame }),
  z.object({ type: z.literal('second'), data: secondFrame }),
]);
export type StreamMessage = z.infer<typeof streamMessage>;
