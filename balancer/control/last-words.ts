import type { PreviousLog } from '../../lib/api/admin.ts';
import { messageOf } from '../core/log.ts';
import type { Instance, LogLine } from '../core/ports.ts';
import { withDeadline } from './deadline.ts';
import type { SeatParts } from './seat-parts.ts';

/** An instance that is over, and is still there to be read. */
export interface Ended {
  readonly instance: Instance;
  readonly reason: string;
  /** Wall time, ms. */
  readonly endedAt: number;
}

const MOST_LINES = 100;
const MOST_CHARACTERS = 65_536;
const LIMIT_MS = 2_000;

/** What a seat's last instance printed before it ended: the first thing asked for when it crashes. */
export class LastWords {
  readonly #parts: SeatParts;
  readonly #replica: string;
  #reading: Promise<void> = Promise.resolve();

  constructor(parts: SeatParts, replica: string) {
    this.#parts = parts;
    this.#replica = replica;
  }

  /** Waits for what is being read just now; null when no instance has ended. Outlives a restart of the balancer. */
  async latest(): Promise<PreviousLog | null> {
    await this.#reading;
    return this.#parts.store.previousLog(this.#replica);
  }

  /** To be called before the instance is removed. Never rejects. */
  read(ended: Ended): Promise<void> {
    if (!this.#parts.runtime.abilities.logs) return Promise.resolve();
    this.#reading = this.#reading.then(() => this.#read(ended));
    return this.#reading;
  }

  async #read({ instance, reason, endedAt }: Ended): Promise<void> {
    const { clock, runtime, store, log } = this.#parts;
    const lines: LogLine[] = [];
    const never = new AbortController().signal;
    try {
      await withDeadline(clock, { ms: LIMIT_MS, what: 'reading its log' }, never, async (signal) => {
        const query = { tail: MOST_LINES, follow: false };
        for await (const line of runtime.logs(instance.id, query, signal)) lines.push(line);
      });
    } catch (error) {
      log.warn({ replica: instance.name, id: instance.id, error: messageOf(error) }, 'its last lines are not kept');
    }
    store.savePreviousLog(this.#replica, { instance: instance.id, reason, endedAt, lines: lastOf(lines) });
  }
}

/** The last lines that fit. */
function lastOf(lines: readonly LogLine[]): LogLine[] {
  let characters = 0;
  const tooMuch = lines.findLastIndex(({ text }) => {
    characters += text.length;
    return characters > MOST_CHARACTERS;
  });
  return lines.slice(tooMuch + 1);
}
