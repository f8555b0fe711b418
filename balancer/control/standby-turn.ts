import { isInTransition } from '../core/seat-state.ts';
import type { Fleet } from './fleet.ts';

/** What has served for so long is worth a standby; what keeps crashing is not. */
const SETTLED_MS = 1_000;

/** Makes one standby that is missing, when nothing more urgent is under way; they are made one at a time. */
export async function prepareStandby(fleet: Fleet): Promise<void> {
  const seats = fleet.seats();
  if (!fleet.runtimeReachable || seats.some(({ state }) => isInTransition(state))) return;
  await seats.find((seat) => seat.standby.isWanted && seat.hasServed(SETTLED_MS))?.standby.prepare();
}
