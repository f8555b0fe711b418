import { z } from 'zod';
import { keyPattern } from './key-pattern.ts';

/** The most a load may ask for; it always ends by itself. */
export const LOAD_LIMITS = { requests: 10_000_000, durationMs: 600_000, connections: 512, perSecond: 50_000 } as const;

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const method = z.enum(METHODS);
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;
const headerName = z.string().regex(HEADER_NAME, 'is no header name');
/** Said by the load itself, or about the connection: given by hand they would only break the request. */
const OWN_HEADERS = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'te', 'expect']);
const headers = z
  .record(
    z.string(),
    z
      .string()
      .max(2000)
      .regex(/^[\t\x20-\x7e]*$/, 'is no header value'),
  )
  .refine((given) => Object.keys(given).every((name) => HEADER_NAME.test(name)), { message: 'is no header name' })
  .refine((given) => Object.keys(given).length <= 32, { message: 'at most 32 headers' })
  .refine((given) => !Object.keys(given).some((name) => OWN_HEADERS.has(name.toLowerCase())), {
    message: `not ${[...OWN_HEADERS].join(', ')}: the load sets what it needs of them`,
  });
/** A request's target in origin form: starts with one slash, only visible ASCII. */
export const requestPath = z
  .string()
  .max(2000)
  .regex(/^\/(?!\/)[\x21-\x7e]*$|^\/$/, "starts with '/' and has no spaces");

/** Where a request carries its key. `path` appends `/KEY`, `query` appends `?NAME=KEY`. */
const keyPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path') }),
  z.object({ kind: z.literal('query'), name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'is no query name') }),
  z.object({ kind: z.literal('header'), name: headerName }),
]);
export type KeyPlace = z.infer<typeof keyPlace>;

const pace = z.discriminatedUnion('kind', [
  /** So many clients, each with one request at a time; `thinkMs` between an answer and the next request. */
  z.object({
    kind: z.literal('concurrency'),
    clients: z.int().min(1).max(LOAD_LIMITS.connections),
    thinkMs: z.int().min(0).max(60_000).default(0),
  }),
  /** Requests start on time whether or not earlier ones were answered, on at most `connections` connections. */
  z.object({
    kind: z.literal('rate'),
    perSecond: z.number().min(0.1).max(LOAD_LIMITS.perSecond),
    connections: z.int().min(1).max(LOAD_LIMITS.connections).default(64),
  }),
]);

const loadFields = z.object({
  method: method.default('GET'),
  path: requestPath.default('/home'),
  headers: headers.default({}),
  /** Of each request, as UTF-8. */
  body: z.string().max(65_536).nullable().default(null),
  pace: pace.default({ kind: 'concurrency', clients: 100, thinkMs: 0 }),
  keys: keyPattern.default({ kind: 'none' }),
  keyPlace: keyPlace.default({ kind: 'header', name: 'X-Key' }),
  /** Ends after so many requests, after so long, or at whichever comes first. */
  requests: z.int().min(1).max(LOAD_LIMITS.requests).nullable().default(10_000),
  durationMs: z.int().min(100).max(LOAD_LIMITS.durationMs).nullable().default(null),
  timeoutMs: z.int().min(100).max(60_000).default(10_000),
  seed: z.int().min(0).max(0xffffffff).default(1),
});
export const loadSpec = loadFields.refine((spec) => spec.requests !== null || spec.durationMs !== null, {
  message: 'a load needs an end: requests, durationMs or both',
});
export type LoadSpec = z.infer<typeof loadSpec>;

const latency = z.object({
  meanMs: z.number(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p99Ms: z.number(),
  p999Ms: z.number(),
  maxMs: z.number(),
});
export type LatencySummary = z.infer<typeof latency>;

const replicaCount = z.tuple([z.string(), z.int()]);

/** What happened in a stretch of a load. */
const loadFrame = z.object({
  /** Its end, ms after the start. */
  atMs: z.number(),
  requests: z.int(),
  /** Of those: answered 5xx, or not at all. */
  failed: z.int(),
  replicas: z.array(replicaCount),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  /** Its latencies, sparse: [ms, how many], the ms rounded up by at most 3.2 %. Left out of what is stored. */
  latencies: z.array(z.tuple([z.number(), z.int()])).default([]),
});
export type LoadFrame = z.infer<typeof loadFrame>;

export const loadSummary = z.object({
  startedAt: z.number(),
  durationMs: z.number(),
  /** Requests sent and finished, in whatever way. */
  requests: z.int(),
  perSecond: z.number(),
  byStatus: z.record(z.string(), z.int()),
  /** Ended without a whole answer: refused, reset, cut, timed out. */
  unanswered: z.int(),
  /** Unanswered and 5xx: what a client would call lost. */
  failed: z.int(),
  /** Answers by the replica that gave them, in order of names; '' is the balancer itself. */
  replicas: z.array(replicaCount),
  /** Corrected for coordinated omission; null without answers. */
  latency: latency.nullable(),
  /** As the client saw it, from sending to the last byte. */
  serviceTime: latency.nullable(),
  stoppedBy: z.enum(['requests', 'duration', 'cancelled']),
  /** Share of the time (0–1) in which the generator had the processor: near 1 it is itself the limit. Null in old runs. */
  generatorBusy: z.number().nullable().default(null),
  problems: z.array(z.object({ message: z.string(), count: z.int() })),
  frames: z.array(loadFrame),
});
export type LoadSummary = z.infer<typeof loadSummary>;

/** One line of what the load process says. */
export const loadMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), at: z.number() }),
  z.object({ type: z.literal('frame'), frame: loadFrame, requests: z.int(), failed: z.int() }),
  z.object({ type: z.literal('done'), summary: loadSummary }),
]);
export type LoadMessage = z.infer<typeof loadMessage>;
