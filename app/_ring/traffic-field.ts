import { SLOT_COUNT } from '#lib/ring/types.ts';

/** The most requests drawn as pulses at once; beyond that the glow alone tells. */
export const PULSES = 150;
/** A pulse travels from the hub to its slot in this time. */
export const PULSE_MS = 420;
/** The glow of a request falls to 1/e in this time. */
const GLOW_MS = 1_400;
/** The scale's maximum falls to 1/e in this time, so that a burst does not flatten what follows for long. */
const SCALE_MS = 8_000;
const DARK = 0.002;
/** Of one frame at most this many requests become pulses, so that a burst does not take the whole pool. */
const PULSES_A_FRAME = 24;

/**
 * Recent traffic by slot: a glow that decays, and a few requests on their way. Flat arrays, filled in place:
 * nothing is allocated while it runs.
 */
export class TrafficField {
  /** Requests lately, by slot, decayed. */
  readonly glow = new Float32Array(SLOT_COUNT);
  /** Requests a second by slot, smoothed, for the load mode: as `glow`, but slower. */
  readonly load = new Float32Array(SLOT_COUNT);
  readonly pulseSlot = new Int16Array(PULSES).fill(-1);
  readonly pulseStart = new Float64Array(PULSES);
  #next = 0;
  #scale = 1;
  #lit = false;

  /** Whether anything is left to draw. */
  get lit(): boolean {
    return this.#lit;
  }

  /** What a full-length spoke stands for. */
  get scale(): number {
    return this.#scale;
  }

  /** Takes the requests of a frame: [slot, count] pairs. `spread` (0–1) gives each pulse its start within the frame. */
  add(slots: readonly (readonly [number, number])[], now: number, intervalMs: number, spread: () => number): void {
    if (slots.length === 0) return;
    this.#lit = true;
    const every = Math.max(1, Math.ceil(slots.length / PULSES_A_FRAME));
    slots.forEach(([slot, count], index) => {
      if (slot < 0 || slot >= SLOT_COUNT) return;
      this.glow[slot] = (this.glow[slot] ?? 0) + count;
      this.load[slot] = (this.load[slot] ?? 0) + count;
      if (index % every === 0) this.#launch(slot, now + spread() * intervalMs);
    });
  }

  /** Lets `ms` pass. */
  decay(ms: number): void {
    const glowFactor = Math.exp(-ms / GLOW_MS);
    const loadFactor = Math.exp(-ms / (GLOW_MS * 4));
    let most = 0;
    for (let slot = 0; slot < SLOT_COUNT; slot++) {
      const glow = (this.glow[slot] ?? 0) * glowFactor;
      this.glow[slot] = glow < DARK ? 0 : glow;
      this.load[slot] = (this.load[slot] ?? 0) * loadFactor;
      if (glow > most) most = glow;
    }
    this.#scale = Math.max(most, 1, this.#scale * Math.exp(-ms / SCALE_MS));
    this.#lit = most >= DARK;
  }

  #launch(slot: number, start: number): void {
    this.pulseSlot[this.#next] = slot;
    this.pulseStart[this.#next] = start;
    this.#next = (this.#next + 1) % PULSES;
  }
}
