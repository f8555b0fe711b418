import type { z } from 'zod';
import {
  actionResult,
  type ChangeResult,
  changeResult,
  type EventSubject,
  type HistoryPage,
  historyPage,
  incidentsPage,
  type KeyInspection,
  keyInspection,
  type LogLineView,
  logLine,
  type Preview,
  type PreviewQuery,
  type PreviousLog,
  preview,
  previousLogAnswer,
  type ReplicaAction,
  replicasPage,
  type SlotInspection,
  slotInspection,
} from '../api/admin.ts';
import { type ChangeRequest, type ReplicaList, replicaList } from '../api/contract.ts';
import { type StreamMessage, streamMessage } from '../api/events.ts';
import { type IncidentView, type ReplicaView, type State, state } from '../api/state.ts';
import { errorOf } from './api-error.ts';
import { linesOf, serverSentEvents } from './server-sent-events.ts';

export interface ClientOptions {
  /** `http://127.0.0.1:5000` */
  readonly baseUrl: string;
  /** Bearer token for changing calls. */
  readonly token?: string;
  /** Who the events name as the cause of changes. */
  readonly actor?: string;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

export interface Received {
  /** To resume after; null for frames. */
  readonly id: string | null;
  readonly message: StreamMessage;
}

export interface HistoryFilter {
  readonly after?: number;
  readonly before?: number;
  readonly limit?: number;
  readonly replica?: string;
  readonly kind?: string;
  readonly about?: EventSubject;
}

/** Everything the balancer can be asked, typed and checked. Calls reject with an ApiError when they are refused. */
export interface Client {
  list(signal?: AbortSignal): Promise<ReplicaList>;
  /** `POST /add`. */
  add(change: ChangeRequest, signal?: AbortSignal): Promise<ReplicaList>;
  /** `DELETE /rm`. */
  remove(change: ChangeRequest, signal?: AbortSignal): Promise<ReplicaList>;
  state(signal?: AbortSignal): Promise<State>;
  replicas(signal?: AbortSignal): Promise<readonly ReplicaView[]>;
  addReplicas(change: ChangeRequest, signal?: AbortSignal): Promise<ChangeResult>;
  removeReplicas(change: ChangeRequest, signal?: AbortSignal): Promise<ChangeResult>;
  act(name: string, action: ReplicaAction, signal?: AbortSignal): Promise<ReplicaView>;
  preview(query: Partial<PreviewQuery> & Pick<PreviewQuery, 'change'>, signal?: AbortSignal): Promise<Preview>;
  key(key: string, signal?: AbortSignal): Promise<KeyInspection>;
  slot(slot: number, signal?: AbortSignal): Promise<SlotInspection>;
  incidents(limit?: number, signal?: AbortSignal): Promise<readonly IncidentView[]>;
  history(filter?: HistoryFilter, signal?: AbortSignal): Promise<HistoryPage>;
  metrics(signal?: AbortSignal): Promise<string>;
  /** Ends when the stream does; `lastId` resumes. */
  events(signal: AbortSignal, lastId?: string): AsyncGenerator<Received>;
  /** Null when none of its instances has ended. */
  previousLog(name: string, signal?: AbortSignal): Promise<PreviousLog | null>;
  logs(name: string, query: { tail?: number; follow?: boolean }, signal: AbortSignal): AsyncGenerator<LogLineView>;
}

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

function queryText(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search.size === 0 ? '' : `?${search}`;
}

/** One HTTP call, relative to the balancer. */
export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Makes calls with the client's token and name; rejects with an ApiError for every status of 400 and above. */
export function caller({ baseUrl, token, actor, fetch: given }: ClientOptions): (call: Call) => Promise<Response> {
  const own = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(actor === undefined ? {} : { 'x-ringmaster-actor': actor }),
  };
  const base = baseUrl.replace(/\/$/, '');
  return async ({ method = 'GET', path, body, headers, signal }) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await (given ?? fetch)(base + path, {
      method,
      headers: { ...own, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      cache: 'no-store',
    });
    if (response.ok) return response;
    throw await errorOf(response);
  };
}

export function bodyOf(response: Response): ReadableStream<Uint8Array> {
  if (response.body === null) throw new Error('the answer has no body');
  return response.body;
}

async function* receive(call: (call: Call) => Promise<Response>, signal: AbortSignal, lastId?: string) {
  const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
  const response = await call({ path: '/_ring/v1/events', headers, signal });
  for await (const { id, event, data } of serverSentEvents(bodyOf(response))) {
    yield { id, message: streamMessage.parse({ type: event, data: JSON.parse(data) }) };
  }
}

/** A client for one balancer; runs in browsers and in Node. */
export function createClient(options: ClientOptions): Client {
  const call = caller(options);
  const ask = async <T extends z.ZodType>(schema: T, request: Call): Promise<z.output<T>> =>
    schema.parse(await (await call(request)).json());
  const replicas = '/_ring/v1/replicas';
  const replicaPath = (name: string, rest: string): string => `${replicas}/${encodeURIComponent(name)}/${rest}`;
  return {
    list: (signal) => ask(replicaList, { path: '/rep', signal }),
    add: (body, signal) => ask(replicaList, { method: 'POST', path: '/add', body, signal }),
    remove: (body, signal) => ask(replicaList, { method: 'DELETE', path: '/rm', body, signal }),
    state: (signal) => ask(state, { path: '/_ring/v1/state', signal }),
    replicas: async (signal) => (await ask(replicasPage, { path: replicas, signal })).replicas,
    addReplicas: (body, signal) => ask(changeResult, { method: 'POST', path: replicas, body, signal }),
    removeReplicas: (body, signal) => ask(changeResult, { method: 'DELETE', path: replicas, body, signal }),
    act: async (name, action, signal) =>
      (await ask(actionResult, { method: 'POST', path: replicaPath(name, action), signal })).replica,
    preview: (query, signal) => ask(preview, { path: `/_ring/v1/preview${queryText(query)}`, signal }),
    key: (key, signal) => ask(keyInspection, { path: `/_ring/v1/keys${queryText({ key })}`, signal }),
    slot: (slot, signal) => ask(slotInspection, { path: `/_ring/v1/slots/${slot}`, signal }),
    incidents: async (limit, signal) =>
      (await ask(incidentsPage, { path: `/_ring/v1/incidents${queryText({ limit })}`, signal })).incidents,
    history: (filter = {}, signal) =>
      ask(historyPage, { path: `/_ring/v1/history${queryText({ ...filter })}`, signal }),
    metrics: async (signal) => (await call({ path: '/_ring/metrics', signal })).text(),
    events: (signal, lastId) => receive(call, signal, lastId),
    previousLog: async (name, signal) =>
      (await ask(previousLogAnswer, { path: replicaPath(name, 'previous-log'), signal })).previous,
    logs: async function* (name, { tail, follow }, signal) {
      const query = queryText({ tail, follow: follow === true ? '1' : undefined });
      const response = await call({ path: replicaPath(name, `logs${query}`), signal });
      for await (const line of linesOf(bodyOf(response))) if (line !== '') yield logLine.parse(JSON.parse(line));
    },
  };
}
