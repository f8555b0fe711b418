import { z } from 'zod';
import { PLACEMENTS, SLOT_COUNT } from '../ring/types.ts';
import { alertView } from './alerts.ts';

/**
 * What a replica is doing, as the user sees it.
 * starting: first instance not yet healthy · serving · degraded: serving, but probes or requests fail ·
 * ejected: out by outlier detection · draining · paused · down: no healthy instance ·
 * replacing: a new instance is being started in the seat · crash-looping: the next start waits for its back-off.
 */
export const REPLICA_STATUSES = [
  'starting',
  'serving',
  'degraded',
  'ejected',
  'draining',
  'paused',
  'down',
  'replacing',
  'crash-looping',
] as const;
export const replicaStatus = z.enum(REPLICA_STATUSES);
export type ReplicaStatus = z.infer<typeof replicaStatus>;

/** The container or process that sits in a seat now. */
export const instanceView = z.object({
  id: z.string(),
  address: z.object({ host: z.string(), port: z.int() }),
  /** Container image, or command line of a process. */
  origin: z.string().nullable(),
  pid: z.int().nullable(),
  /** Wall time, ms since the epoch. */
  startedAt: z.number(),
});

/** What traffic did over the last whole second, plus totals since the balancer started. */
export const trafficView = z.object({
  requestsPerSecond: z.number(),
  inFlight: z.int(),
  /** Latency over the last 10 s, ms; null without requests. */
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  requests: z.number(),
  /** Answers of 5xx, made by the replica or by the balancer for it. */
  errors: z.number(),
  retries: z.number(),
});
export type TrafficView = z.infer<typeof trafficView>;

export const resourceView = z.object({
  /** Percent of one core. */
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  memoryLimitBytes: z.number().nullable(),
});
export type ResourceView = z.infer<typeof resourceView>;

/** A seat's spare: `ready` means that it was healthy and waits, paused, to take over. */
export const standbyState = z.enum(['none', 'preparing', 'ready']);
export type StandbyState = z.infer<typeof standbyState>;

export const replicaView = z.object({
  name: z.string(),
  /** 1..127; also its colour: `(seat - 1) % 10`. */
  seat: z.int(),
  status: replicaStatus,
  /** Why it is not simply serving, in plain words; null when it is. */
  reason: z.string().nullable(),
  /** Wall time of the last change of status, ms. */
  since: z.number(),
  /** True when the picker may choose it now. */
  available: z.boolean(),
  /** Home slots it owns on the ring; 0 while draining. */
  slots: z.int(),
  /** New instances started in this seat since it was added, not counting the first. */
  restarts: z.int(),
  standby: standbyState,
  instance: instanceView.nullable(),
  traffic: trafficView,
  resources: resourceView.nullable(),
});
export type ReplicaView = z.infer<typeof replicaView>;

export const ringView = z.object({
  epoch: z.int(),
  placement: z.enum(PLACEMENTS),
  seed: z.int(),
  members: z.array(z.object({ name: z.string(), seat: z.int() })),
  owner: z.array(z.int()).length(SLOT_COUNT),
  virtualNodes: z.array(z.object({ slot: z.int(), seat: z.int() })),
  /** For each slot, who would answer for it now (its owner, or an understudy while the owner is away); 0 nobody. */
  serving: z.array(z.int()).length(SLOT_COUNT),
});
export type RingView = z.infer<typeof ringView>;

/** The stopwatch of one failure: every step in ms after `at`; null until it happened. */
export const incidentView = z.object({
  id: z.string(),
  replica: z.string(),
  /** What set it off, in plain words: "killed by operator", "container exited (137)". */
  cause: z.string(),
  /** Wall time, ms: when the kill was ordered, or when trouble was first noticed. */
  at: z.number(),
  noticedMs: z.number().nullable(),
  outOfRotationMs: z.number().nullable(),
  newInstanceMs: z.number().nullable(),
  servingMs: z.number().nullable(),
  firstRequestMs: z.number().nullable(),
  /** Requests in the whole fleet, retried and lost, from the first that the replica failed on. */
  requests: z.number(),
  retried: z.number(),
  lost: z.number(),
});
export type IncidentView = z.infer<typeof incidentView>;

export const state = z.object({
  /** The number in the SSE id of the last message whose change is in here: where an event stream goes on. */
  sequence: z.int(),
  /** Wall time it was taken, ms. */
  at: z.number(),
  balancer: z.object({
    version: z.string(),
    /** Differs after each start, so that a client knows sequence numbers began anew. */
    bootId: z.string(),
    startedAt: z.number(),
    workers: z.int(),
    key: z.string(),
    runtime: z.object({ kind: z.enum(['process', 'docker', 'static']), detail: z.string(), reachable: z.boolean() }),
  }),
  desired: z.int(),
  ring: ringView,
  replicas: z.array(replicaView),
  totals: trafficView.extend({ lost: z.number(), spilled: z.number(), serving: z.int() }),
  /** The latest incidents, newest first, at most 10. */
  incidents: z.array(incidentView),
  /** Alerts that fire or are about to; firing first, then the worse first. */
  alerts: z.array(alertView),
});
export type State = z.infer<typeof state>;
