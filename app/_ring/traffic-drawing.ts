import { TrafficField } from './traffic-field.ts';
import type { TrafficLooks } from './traffic-looks.ts';
import { begin, copyFrom, paintHeat, paintPulses, paintSpokes } from './traffic-painter.ts';

const REDUCED_INTERVAL_MS = 1_000;
/** Spokes and heat change twenty times a second: only what travels is drawn with every frame. */
const GLOW_INTERVAL_MS = 50;

/** Draws traffic on a square canvas, for as long as anything is lit. */
export class TrafficDrawing {
  readonly #picture: OffscreenCanvasRenderingContext2D;
  readonly #glow: OffscreenCanvasRenderingContext2D;
  readonly #looks: TrafficLooks;
  readonly #field = new TrafficField();
  #serving: readonly number[] = [];
  /** The animation frame asked for; 0: none. */
  #frame = 0;
  #glowAt = performance.now();
  #isResized = false;

  constructor(canvas: OffscreenCanvas, looks: TrafficLooks) {
    this.#picture = contextOf(canvas);
    this.#glow = contextOf(new OffscreenCanvas(1, 1));
    this.#looks = looks;
  }

  resize(pixels: number): void {
    for (const { canvas } of [this.#picture, this.#glow]) Object.assign(canvas, { width: pixels, height: pixels });
    this.#isResized = true;
    this.#request();
  }

  /** Who answers for each slot from now on: a pulse has the colour of that seat. */
  serve(seats: readonly number[]): void {
    this.#serving = seats;
  }

  /** Takes the requests of a frame: [slot, count] pairs. */
  add(slots: readonly (readonly [number, number])[], intervalMs: number): void {
    const now = performance.now();
    if (!this.#field.lit) this.#glowAt = now;
    this.#field.add(slots, now, intervalMs, Math.random);
    this.#request();
  }

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  }

  readonly #draw = (now: number): void => {
    this.#frame = 0;
    const { calm, heat, colors } = this.#looks;
    const travels = !calm && !heat;
    const isDue = this.#isResized || now - this.#glowAt >= (calm ? REDUCED_INTERVAL_MS : GLOW_INTERVAL_MS);
    if (isDue) this.#drawGlow(now);
    if (isDue || travels) copyFrom(this.#picture, this.#glow.canvas, this.#looks);
    if (travels) paintPulses(this.#picture, this.#field, this.#serving, colors, now);
    if (this.#field.lit) this.#request();
  };

  #drawGlow(now: number): void {
    this.#isResized = false;
    this.#field.decay(Math.max(0, now - this.#glowAt));
    this.#glowAt = now;
    begin(this.#glow, this.#looks);
    if (this.#looks.heat) paintHeat(this.#glow, this.#field, this.#looks.colors);
    paintSpokes(this.#glow, this.#field, this.#looks.colors);
  }
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing off the screen');
  return context;
}
