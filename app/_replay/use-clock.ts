'use client';

import { useEffect } from 'react';

/** Seconds of the past a second. The slowest is for failures, which are over in a third of a second. */
export const SPEEDS = [0.1, 1, 10, 60] as const;

export const SPEED_OPTIONS: readonly { readonly value: string; readonly word: string }[] = SPEEDS.map((speed) => ({
  value: String(speed),
  word: `${speed}×`,
}));

const STEP_MS = 100;

/** While playing, tells ten times a second how much of the past went by, ms. */
export function useClock(playing: boolean, speed: number, pass: (ms: number) => void): void {
  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      pass((now - before) * speed);
      before = now;
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [playing, speed, pass]);
}
