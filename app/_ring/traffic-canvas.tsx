'use client';

import { useTheme } from 'next-themes';
import { memo, useEffect, useRef } from 'react';
import { useViewSource } from '../_live/provider.tsx';
import type { ViewSource } from '../_live/view-source.ts';
import { SIZE } from './geometry.ts';
import { reachOf, readColors } from './traffic-looks.ts';
import type { TrafficOrder } from './traffic-order.ts';

interface TrafficCanvasProps {
  readonly heat: boolean;
  readonly paused: boolean;
}

/**
 * Traffic as it happens, drawn outside React and off the page's own thread. It draws only while something is lit and the
 * page is visible; with reduced motion it becomes a picture renewed once a second.
 */
export const TrafficCanvas = memo(function TrafficCanvas({ heat, paused }: TrafficCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const store = useViewSource();
  const { resolvedTheme } = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours that are read here
  useEffect(() => {
    if (place.current === null || paused) return;
    return runTraffic(place.current, heat, store);
  }, [store, heat, paused, resolvedTheme]);
  const inset = `${50 - (reachOf({ heat }) / SIZE) * 100}%`;
  return <div ref={place} aria-hidden="true" className="pointer-events-none absolute" style={{ inset }} />;
});

/** A canvas given to a worker cannot be taken back: each run has its own. */
function runTraffic(place: HTMLElement, heat: boolean, store: ViewSource): () => void {
  if (typeof OffscreenCanvas === 'undefined') return () => undefined;
  const canvas = document.createElement('canvas');
  place.append(canvas);
  const worker = new Worker(new URL('./traffic-worker.ts', import.meta.url), { type: 'module' });
  const tell = (order: TrafficOrder, moved: Transferable[] = []): void => worker.postMessage(order, moved);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const drawn = canvas.transferControlToOffscreen();
  tell({ kind: 'begin', canvas: drawn, looks: { colors: readColors(canvas), heat, calm } }, [drawn]);
  const ends = [
    followSize(place, canvas, (pixels) => tell({ kind: 'size', pixels })),
    followServing(store, (seats) => tell({ kind: 'serving', seats })),
    store.onTraffic(({ slots, intervalMs }) => {
      if (!document.hidden && slots.length > 0) tell({ kind: 'requests', slots, intervalMs });
    }),
  ];
  return () => {
    for (const end of ends) end();
    worker.terminate();
    canvas.remove();
  };
}

function followServing(store: ViewSource, tell: (seats: readonly number[]) => void): () => void {
  let told: readonly number[] | undefined;
  const look = (): void => {
    const seats = store.view().state?.ring.serving;
    if (seats === undefined || seats === told) return;
    told = seats;
    tell(seats);
  };
  look();
  return store.subscribe(look);
}

/** The most pixels of the canvas to one of CSS: more cannot be told apart. */
const MOST_DENSE = 2;

/** Keeps the canvas as sharp as the screen: its edges fall on the screen's own pixels, else it would be scaled with every frame. */
function followSize(place: HTMLElement, canvas: HTMLElement, tell: (pixels: number) => void): () => void {
  let told = 0;
  const observer = new ResizeObserver(([entry]) => {
    const pixels = Math.floor((entry?.contentRect.width ?? 0) * devicePixelRatio);
    if (pixels === 0 || pixels === told) return;
    told = pixels;
    const size = `${pixels / devicePixelRatio}px`;
    Object.assign(canvas.style, { width: size, height: size });
    tell(Math.round((pixels * Math.min(devicePixelRatio, MOST_DENSE)) / devicePixelRatio));
  });
  observer.observe(place);
  return () => observer.disconnect();
}
