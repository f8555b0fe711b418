import { expect } from 'vitest';
import type { Runtime, RuntimeEvent } from '../../core/ports.ts';

/** What a runtime has told, for tests to look back on. */
export interface EventRecord {
  /** Resolves with the first event like this one, past or to come. */
  sees(like: object): Promise<RuntimeEvent>;
  end(): Promise<void>;
}

export function recordEvents(runtime: Runtime): EventRecord {
  const events: RuntimeEvent[] = [];
  const stop = new AbortController();
  const ended = runtime.watch((event) => events.push(event), stop.signal);
  const matching = (like: object): RuntimeEvent | undefined =>
    events.find((event) => {
      try {
        expect(event).toMatchObject(like);
        return true;
      } catch {
        return false;
      }
    });
  const sees = async (like: object): Promise<RuntimeEvent> => {
    await expect.poll(() => matching(like) ?? events, { timeout: 8000, interval: 10 }).toMatchObject(like);
    const event = matching(like);
    if (event === undefined) throw new Error('seen, and gone');
    return event;
  };
  return {
    sees,
    end: () => {
      stop.abort();
      return ended;
    },
  };
}
