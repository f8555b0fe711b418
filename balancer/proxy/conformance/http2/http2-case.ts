import { type ExpectedRequest, sent } from '../case.ts';
import type { Step } from '../steps.ts';
import { data, type Field, headers, OPENING } from './frames.ts';

/**
 * What becomes of a stream: `served` by the replica; `reset` by RST_STREAM; a number: answered with that status by the
 * proxy itself.
 */
export type StreamEnd = 'served' | 'reset' | number;

export interface Http2Outcome {
  readonly forwarded: readonly ExpectedRequest[];
  /** By stream; those that are not named must get nothing. */
  readonly streams: ReadonlyMap<number, StreamEnd>;
  /** `closed`: with a GOAWAY, or without a word. */
  readonly connection: 'open' | 'closed';
  /** The replica may have seen the beginning of a request that was then cut. */
  readonly mayStart: boolean;
}

export interface Http2Case {
  readonly id: string;
  readonly family: string;
  /** What is sent, in words. */
  readonly about: string;
  readonly rfc: string;
  readonly steps: readonly Step[];
  readonly promised: readonly Http2Outcome[];
}

export interface Http2Row {
  readonly id: string;
  readonly about: string;
  readonly rfc?: string;
  readonly steps: string | readonly Step[];
  readonly promised: readonly Http2Outcome[];
}

export function http2Family(name: string, rfc: string, rows: readonly Http2Row[]): Http2Case[] {
  return rows.map((row) => ({
    ...row,
    rfc: row.rfc ?? rfc,
    id: `${name}/${row.id}`,
    family: name,
    steps: typeof row.steps === 'string' ? [OPENING + row.steps] : row.steps,
  }));
}

/** These reach the replica, one on each stream, and are answered by it. */
export function served(...requests: readonly ExpectedRequest[]): Http2Outcome {
  const streams = new Map(requests.map((_, i) => [2 * i + 1, 'served'] as const));
  return { forwarded: requests, streams, connection: 'open', mayStart: false };
}

export function ends(stream: number, end: StreamEnd): Http2Outcome {
  return { forwarded: [], streams: new Map([[stream, end]]), connection: 'open', mayStart: false };
}

/** The connection is over, and nothing was forwarded. */
export const CLOSED: Http2Outcome = { forwarded: [], streams: new Map(), connection: 'closed', mayStart: false };

/** Malformed (RFC 9113, 8.1.1): a stream error, an answer of 400, or the end of the connection. */
export const MALFORMED: readonly Http2Outcome[] = [ends(1, 'reset'), ends(1, 400), CLOSED];

/** The fault came after the header section: the replica may know the beginning. */
export function midway(outcomes: readonly Http2Outcome[]): Http2Outcome[] {
  return outcomes.map((outcome) => ({ ...outcome, mayStart: true }));
}

export const AUTHORITY: Field = [':authority', 'a.example'];

/** The pseudo-header fields of a request. */
export function pseudo(method = 'GET', path = '/x'): Field[] {
  return [[':method', method], [':scheme', 'http'], AUTHORITY, [':path', path]];
}

export function get(...fields: readonly Field[]): string {
  return headers(1, [...pseudo(), ...fields]);
}

export function post(fields: readonly Field[], body: string): string {
  return headers(1, [...pseudo('POST'), ...fields], 0) + data(1, body);
}

/** The request that most cases are about, with a body and without, and what becomes of it. */
export const POSTED = sent('POST', '/x', { body: 'body' });
export const OK = [served(sent('GET', '/x'))];

/** Written as HTTP/1.1 wants it: what must never come out of a field. */
export const SMUGGLED = '\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.example\r\n\r\n';

/** A request that has to be refused as malformed. */
export const bad = (id: string, about: string, steps: string) => ({ id, about, steps, promised: MALFORMED });

/** The pseudo fields of a GET but one. */
export function without(name: string): Field[] {
  return pseudo().filter(([other]) => other !== name);
}
