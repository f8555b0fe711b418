import { SLOT_COUNT } from '#lib/ring/types.ts';
import { angleOf, RADIUS } from './geometry.ts';
import { COLOR_COUNT } from './identity.ts';
import { PULSE_MS, PULSES, type TrafficField } from './traffic-field.ts';
import { PULSE_RADIUS, reachOf, type TrafficColors, type TrafficLooks } from './traffic-looks.ts';

/** Unit vectors of the middle of each slot, as x, y pairs. */
export function slotVectors(): Float32Array {
  const vectors = new Float32Array(SLOT_COUNT * 2);
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const angle = angleOf(slot + 0.5);
    vectors[slot * 2] = Math.sin(angle);
    vectors[slot * 2 + 1] = -Math.cos(angle);
  }
  return vectors;
}

const VECTORS = slotVectors();
const SPOKE_REACH = RADIUS.trafficOuter - RADIUS.trafficInner;
const HUB = RADIUS.trafficInner - 46;

type Context = OffscreenCanvasRenderingContext2D;

/** Clears the canvas and sets it to the ring's units, with the origin in the middle. */
export function begin(context: Context, looks: TrafficLooks): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  setUnits(context, looks);
}

/** Begins with a picture of the same size in place of an empty canvas. */
export function copyFrom(context: Context, picture: OffscreenCanvas, looks: TrafficLooks): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = 'copy';
  context.drawImage(picture, 0, 0);
  context.globalCompositeOperation = 'source-over';
  setUnits(context, looks);
}

function setUnits(context: Context, looks: TrafficLooks): void {
  const half = context.canvas.width / 2;
  const scale = half / reachOf(looks);
  context.setTransform(scale, 0, 0, scale, half, half);
}

/** A spoke a slot, from the band inwards: as long as it is busy. Two strokes in all, not one a slot. */
export function paintSpokes(context: Context, field: TrafficField, colors: TrafficColors): void {
  context.lineWidth = 1.3;
  context.lineCap = 'butt';
  strokeSpokes(context, field, colors.quiet, 0, 0.6, 0.7);
  strokeSpokes(context, field, colors.bright, 0.6, 2, 0.55);
}

function strokeSpokes(
  context: Context,
  field: TrafficField,
  color: string,
  above: number,
  upTo: number,
  alpha: number,
): void {
  context.globalAlpha = alpha;
  context.strokeStyle = color;
  context.beginPath();
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const level = (field.glow[slot] ?? 0) / field.scale;
    if (level <= above || level > upTo) continue;
    const x = VECTORS[slot * 2] ?? 0;
    const y = VECTORS[slot * 2 + 1] ?? 0;
    const inner = RADIUS.trafficOuter - 3 - Math.sqrt(level) * (SPOKE_REACH - 3);
    context.moveTo(x * RADIUS.trafficOuter, y * RADIUS.trafficOuter);
    context.lineTo(x * inner, y * inner);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Requests on their way from the hub to who answers them, in that seat's colour. */
export function paintPulses(
  context: Context,
  field: TrafficField,
  serving: readonly number[],
  colors: TrafficColors,
  now: number,
): void {
  for (let index = 0; index < PULSES; index++) {
    const slot = field.pulseSlot[index] ?? -1;
    const progress = (now - (field.pulseStart[index] ?? 0)) / PULSE_MS;
    if (slot < 0 || progress < 0) continue;
    if (progress >= 1) {
      field.pulseSlot[index] = -1;
      continue;
    }
    const eased = progress * progress * (3 - 2 * progress);
    const radius = HUB + (RADIUS.arcInner - HUB) * eased;
    context.globalAlpha = Math.min(1, progress * 4, (1 - progress) * 5);
    context.fillStyle = colors.seats[((serving[slot] ?? 1) - 1) % COLOR_COUNT] ?? colors.bright;
    context.beginPath();
    context.arc((VECTORS[slot * 2] ?? 0) * radius, (VECTORS[slot * 2 + 1] ?? 0) * radius, PULSE_RADIUS, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

const HEAT_STEPS = 12;

/** The load mode: each slot's cell of the ring from dim to bright by how much it is asked for. */
export function paintHeat(context: Context, field: TrafficField, colors: TrafficColors): void {
  let most = 0;
  for (const load of field.load) if (load > most) most = load;
  if (most < 0.01) return;
  context.fillStyle = colors.heatHigh;
  for (let step = 1; step <= HEAT_STEPS; step++) {
    context.globalAlpha = step / HEAT_STEPS;
    context.beginPath();
    for (let slot = 0; slot < SLOT_COUNT; slot++) {
      if (Math.ceil(((field.load[slot] ?? 0) / most) * HEAT_STEPS) === step) traceCell(context, slot);
    }
    context.fill();
  }
  context.globalAlpha = 1;
}

function traceCell(context: Context, slot: number): void {
  // Canvas angles start at three o'clock, the ring at twelve.
  const from = angleOf(slot) - Math.PI / 2;
  const to = angleOf(slot + 1) - Math.PI / 2;
  context.moveTo(Math.cos(from) * RADIUS.arcInner, Math.sin(from) * RADIUS.arcInner);
  context.arc(0, 0, RADIUS.arcOuter, from, to);
  context.arc(0, 0, RADIUS.arcInner, to, from, true);
}
