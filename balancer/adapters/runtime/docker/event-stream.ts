import { z } from 'zod';
import type { RuntimeEvent } from '../../../core/ports.ts';
import { FLEET_LABEL, REPLICA_LABEL } from './container-spec.ts';
import type { Engine } from './engine.ts';
import { jsonLines } from './json-lines.ts';

const engineEvent = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
  timeNano: z.number(),
});
export type EngineEvent = z.infer<typeof engineEvent>;

/** Containers whose death and life we hear of. `oom` comes before the `die` it causes. */
const ACTIONS = ['die', 'oom', 'pause', 'unpause', 'start'];
const REMEMBERED = 200;

/**
 * The Engine's events for one fleet, from a moment on. Reading it again after a break replays what was missed; what
 * was delivered before is not delivered again.
 */
export class EventStream {
  readonly #engine: Engine;
  readonly #fleet: string;
  /** Seconds and nanoseconds, as the API wants it. */
  #since: string;
  readonly #seen = new Set<string>();

  constructor(engine: Engine, fleet: string, fromMs: number) {
    this.#engine = engine;
    this.#fleet = fleet;
    this.#since = (fromMs / 1000).toFixed(3);
  }

  /** Ends when the connection does; rejects when there is none to be had. `opened` is told when events can flow. */
  async *read(signal: AbortSignal, opened: () => void): AsyncIterable<EngineEvent> {
    const filters = { type: ['container'], label: [`${FLEET_LABEL}=${this.#fleet}`], event: ACTIONS };
    const query = { since: this.#since, filters: JSON.stringify(filters) };
    const stream = await this.#engine.stream('/events?', signal, query);
    opened();
    for await (const json of jsonLines(stream)) {
      const parsed = engineEvent.safeParse(json);
      if (parsed.success && this.#isNew(parsed.data)) yield parsed.data;
    }
  }

  #isNew({ Action, Actor, timeNano }: EngineEvent): boolean {
    const key = `${timeNano} ${Action} ${Actor.ID}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
    this.#since = `${Math.floor(timeNano / 1e9)}.${String(Math.floor(timeNano % 1e9)).padStart(9, '0')}`;
    return true;
  }
}

/** Null for what only helps to understand another event. */
export function toRuntimeEvent({ Action, Actor }: EngineEvent, outOfMemory: boolean): RuntimeEvent | null {
  const id = Actor.ID;
  const name = Actor.Attributes[REPLICA_LABEL] ?? Actor.Attributes['name'] ?? id;
  switch (Action) {
    case 'die':
      return { kind: 'exited', id, name, reason: describeExit(Number(Actor.Attributes['exitCode']), outOfMemory) };
    case 'pause':
      return { kind: 'paused', id, name };
    case 'unpause':
      return { kind: 'unpaused', id, name };
    case 'start':
      return { kind: 'started', id, name };
    default:
      return null;
  }
}

const SIGNALS: Readonly<Record<number, string>> = { 134: 'SIGABRT', 137: 'SIGKILL', 139: 'SIGSEGV', 143: 'SIGTERM' };

/** "exit code 1", "exit code 137 (SIGKILL)", "out of memory". */
export function describeExit(code: number, outOfMemory: boolean): string {
  if (outOfMemory) return 'out of memory';
  return code in SIGNALS ? `exit code ${code} (${SIGNALS[code]})` : `exit code ${code}`;
}
