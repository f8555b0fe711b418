import { classicRequestSlot, murmur3, slotOfKey, walkSlot } from '#lib/ring/hash.ts';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import type { RoutingKey, TrafficOptions } from '../core/traffic.ts';

/** What a key can be taken from. */
export interface KeySource {
  /** As sent: path and query. */
  readonly target: string;
  readonly clientAddress: string;
  /** The first field of that lower-case name; null when there is none. */
  field(name: string): string | null;
}

/** Chooses a request's slot. */
export type SlotChooser = (request: KeySource) => number;

export function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query < 0 ? target : target.slice(0, query);
}

function cookieValue(cookies: string | null, name: string): string | null {
  for (const pair of (cookies ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}

function queryValue(target: string, name: string): string | null {
  const query = target.indexOf('?');
  return query < 0 ? null : new URLSearchParams(target.slice(query + 1)).get(name);
}

/** The key's value in this request; null when it has none, or for `request`, which has none by intent. */
export function routingValue(key: RoutingKey, request: KeySource): string | null {
  switch (key.kind) {
    case 'request':
      return null;
    case 'ip':
      return request.clientAddress;
    case 'path':
      return pathOf(request.target);
    case 'header':
      return request.field(key.name.toLowerCase());
    case 'cookie':
      return cookieValue(request.field('cookie'), key.name);
    case 'query':
      return queryValue(request.target, key.name);
  }
}

const LOWEST_ID = 100_000;
const ID_COUNT = 900_000;

/** Slots of requests that have no key. */
function keylessSlots(options: TrafficOptions, worker: number): () => number {
  if (options.slotFunction === 'classic') {
    return () => classicRequestSlot(LOWEST_ID + Math.floor(Math.random() * ID_COUNT));
  }
  // Workers walk the same way from evenly spread starts, so that few requests on many workers stay even too.
  let counter = Math.floor((worker * SLOT_COUNT) / Math.max(1, options.workers));
  return () => {
    counter = (counter + 1) | 0;
    return walkSlot(counter);
  };
}

export function slotChooser(options: TrafficOptions, worker: number): SlotChooser {
  const keyless = keylessSlots(options, worker);
  const { key } = options;
  if (key.kind === 'request') return keyless;
  const isClassic = options.slotFunction === 'classic';
  return (request) => {
    const value = routingValue(key, request);
    if (value === null) return keyless();
    return isClassic ? classicRequestSlot(LOWEST_ID + (murmur3(value) % ID_COUNT)) : slotOfKey(value);
  };
}
