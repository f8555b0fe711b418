'use client';

import { useDeferredValue, useMemo } from 'react';
import type { SecondFrame } from '#lib/api/events.ts';
import { useLive } from '../_live/provider.tsx';
import { ratiosOf } from './shares.ts';

/** Requests a second of each seat over the seconds kept, the most any of them had, and their shares lately. */
export interface RequestSeries {
  readonly bySeat: ReadonlyMap<number, readonly number[]>;
  readonly most: number;
  /** 0–1, by seat; empty without requests. */
  readonly shares: ReadonlyMap<number, number>;
}

export function useRequestSeries(seconds: number): RequestSeries {
  const frames = useDeferredValue(useLive((view) => view.seconds));
  return useMemo(() => requestSeries(frames.slice(-seconds)), [frames, seconds]);
}

export function requestSeries(frames: readonly SecondFrame[]): RequestSeries {
  const bySeat = new Map<number, number[]>();
  let most = 0;
  for (const frame of frames) {
    for (const { seat, traffic } of frame.replicas) {
      const values = bySeat.get(seat) ?? [];
      values.push(traffic.requestsPerSecond);
      bySeat.set(seat, values);
      most = Math.max(most, traffic.requestsPerSecond);
    }
  }
  return { bySeat, most, shares: ratiosOf(frames) };
}
