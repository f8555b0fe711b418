import type { ReplicaAction } from '../../lib/api/admin.ts';
import type { Seat } from './seat.ts';

/** Does to a seat what an operator asks for. Rejects with a RuntimeError when its state or the runtime refuses. */
export async function operate(seat: Seat, action: ReplicaAction, actor: string): Promise<void> {
  switch (action) {
    case 'kill':
      return seat.kill(actor);
    case 'pause':
      return seat.pause(actor);
    case 'unpause':
      return seat.unpause(actor);
    case 'restart':
      return seat.restart(actor);
    case 'drain':
    case 'undrain':
      return seat.setDrained(action === 'drain', actor);
  }
}
