'use client';

import { useTheme } from 'next-themes';
import { memo, useEffect, useRef } from 'react';
import type { TrafficFrame } from '#lib/api/events.ts';
import { useViewSource } from '../_live/provider.tsx';
import { TrafficField } from './traffic-field.ts';
import { begin, copyFrom, paintHeat, paintPulses, paintSpokes, readColors } from './traffic-painter.ts';

interface TrafficCanvasProps {
  readonly heat: boolean;
  readonly paused: boolean;
}

const REDUCED_INTERVAL_MS = 1_000;
/** Spokes and heat change ten times a second: only what travels is drawn with every frame. */
const GLOW_INTERVAL_MS = 50;

/**
 * Traffic as it happens, drawn outside React. It draws only while something is lit and the page is visible; with
 * reduced motion it becomes a picture renewed once a second.
 */
export const TrafficCanvas = memo(function TrafficCanvas({ heat, paused }: TrafficCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useViewSource();
  const { resolvedTheme } = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours that are read here
  useEffect(() => {
    if (canvas.current === null || paused) return;
    const servingNow = (): readonly number[] => store.view().state?.ring.serving ?? [];
    return runTraffic(canvas.current, heat, servingNow, (listener) => store.onTraffic(listener));
  }, [store, heat, paused, resolvedTheme]);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0">
      {/* A layer of its own: else each of its pictures would have the ring below it drawn again. */}
      <canvas ref={canvas} className="size-full will-change-transform" />
    </div>
  );
});

function runTraffic(
  canvas: HTMLCanvasElement,
  heat: boolean,
  servingNow: () => readonly number[],
  onTraffic: (listener: (frame: TrafficFrame) => void) => () => void,
): () => void {
  const context = canvas.getContext('2d');
  const glow = document.createElement('canvas').getContext('2d');
  if (context === null || glow === null) return () => undefined;
  const field = new TrafficField();
  const colors = readColors(canvas);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let frame = 0;
  let drawnAt = performance.now();
  const travels = !calm && !heat;

  const drawGlow = (now: number): void => {
    field.decay(Math.max(0, now - drawnAt));
    drawnAt = now;
    if (glow.canvas.width !== canvas.width) Object.assign(glow.canvas, { width: canvas.width, height: canvas.height });
    begin(glow, canvas.width);
    if (heat) paintHeat(glow, field, colors);
    paintSpokes(glow, field, colors);
  };
  const draw = (now: number): void => {
    frame = 0;
    const due = now - drawnAt >= (calm ? REDUCED_INTERVAL_MS : GLOW_INTERVAL_MS) || glow.canvas.width !== canvas.width;
    if (due) drawGlow(now);
    if (due || travels) copyFrom(context, glow.canvas);
    if (travels) paintPulses(context, field, servingNow(), colors, now);
    if (field.lit) request();
  };
  const request = (): void => {
    if (frame === 0 && !document.hidden) frame = requestAnimationFrame(draw);
  };
  const stopListening = onTraffic(({ slots, intervalMs }) => {
    const now = performance.now();
    if (!field.lit) drawnAt = now;
    field.add(slots, now, intervalMs, Math.random);
    request();
  });
  const stopSizing = followSize(canvas, request);
  document.addEventListener('visibilitychange', request);
  return () => {
    stopListening();
    stopSizing();
    document.removeEventListener('visibilitychange', request);
    cancelAnimationFrame(frame);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
  };
}

/** Keeps the canvas as sharp as the screen. */
function followSize(canvas: HTMLCanvasElement, redraw: () => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    const pixels = Math.round((entry?.contentRect.width ?? 0) * Math.min(devicePixelRatio, 2));
    if (pixels === 0 || canvas.width === pixels) return;
    canvas.width = pixels;
    canvas.height = pixels;
    redraw();
  });
  observer.observe(canvas);
  return () => observer.disconnect();
}
