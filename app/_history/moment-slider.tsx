'use client';

import type { Sample } from '#lib/api/samples.ts';
import { Time } from '../_ui/time.tsx';
import { sampleAt } from './moment.ts';

interface MomentSliderProps {
  readonly samples: readonly Sample[];
  readonly at: number | null;
  readonly onChange: (at: number) => void;
}

/** Moves through the samples one by one; arrows work, as it is a slider of the browser's own. */
export function MomentSlider({ samples, at, onChange }: MomentSliderProps) {
  const shown = sampleAt(samples, at);
  const index = shown === null ? 0 : samples.indexOf(shown);
  return (
    <label className="flex items-center gap-4 py-2">
      <span className="sr-only">Moment</span>
      <input
        type="range"
        min={0}
        max={samples.length - 1}
        value={index}
        onChange={(event) => onChange(samples[Number(event.target.value)]?.at ?? 0)}
        className="w-full accent-ink"
      />
      <span className="shrink-0">{shown !== null && <Time at={shown.at} precision="seconds" />}</span>
    </label>
  );
}
