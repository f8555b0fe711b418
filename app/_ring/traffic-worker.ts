import { TrafficDrawing } from './traffic-drawing.ts';
import type { TrafficOrder } from './traffic-order.ts';

/**
 * Draws traffic beside the page: it moves with every frame of the screen, whatever the page is busy with, and takes no
 * time of the page's own frames.
 */
let drawing: TrafficDrawing | null = null;

addEventListener('message', ({ data }: MessageEvent<TrafficOrder>) => {
  if (data.kind === 'begin') drawing = new TrafficDrawing(data.canvas, data.looks);
  if (data.kind === 'size') drawing?.resize(data.pixels);
  if (data.kind === 'serving') drawing?.serve(data.seats);
  if (data.kind === 'requests') drawing?.add(data.slots, data.intervalMs);
});
