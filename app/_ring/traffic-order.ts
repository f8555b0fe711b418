import type { TrafficFrame } from '#lib/api/events.ts';
import type { TrafficLooks } from './traffic-looks.ts';

/** What the page tells the worker that draws its traffic. */
export type TrafficOrder =
  | { readonly kind: 'begin'; readonly canvas: OffscreenCanvas; readonly looks: TrafficLooks }
  | { readonly kind: 'size'; readonly pixels: number }
  | { readonly kind: 'serving'; readonly seats: readonly number[] }
  | { readonly kind: 'requests'; readonly slots: TrafficFrame['slots']; readonly intervalMs: number };
