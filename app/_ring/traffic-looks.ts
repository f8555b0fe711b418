import { RADIUS } from './geometry.ts';
import { COLOR_COUNT } from './identity.ts';

/** The radius of a request on its way, in the ring's units. */
export const PULSE_RADIUS = 3.4;

/** The colours of the theme, read once a theme. */
export interface TrafficColors {
  readonly quiet: string;
  readonly bright: string;
  readonly seats: readonly string[];
  readonly heatHigh: string;
}

/** How traffic is to look. */
export interface TrafficLooks {
  readonly colors: TrafficColors;
  /** The load mode: slots are lit, and nothing travels. */
  readonly heat: boolean;
  /** For who asked for less motion: a picture once a second, and nothing travels. */
  readonly calm: boolean;
}

/** How far from the middle anything is drawn, in the ring's units: the canvas need not be larger. */
export function reachOf({ heat }: Pick<TrafficLooks, 'heat'>): number {
  return heat ? RADIUS.arcOuter + 2 : RADIUS.arcInner + PULSE_RADIUS + 1;
}

export function readColors(element: Element): TrafficColors {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    quiet: read('--faint'),
    bright: read('--ink'),
    seats: Array.from({ length: COLOR_COUNT }, (_, index) => read(`--seat-${index + 1}`)),
    heatHigh: read('--heat-1'),
  };
}
