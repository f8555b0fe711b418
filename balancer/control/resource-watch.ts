import type { ResourceView } from '../../lib/api/state.ts';
import type { Runtime } from '../core/ports.ts';
import type { Fleet } from './fleet.ts';

/** Keeps the latest CPU and memory figures of each instance; watches only while somebody looks. */
export class ResourceWatch {
  readonly #runtime: Runtime;
  readonly #fleet: Fleet;
  readonly #watched = new Map<string, AbortController>();
  readonly #latest = new Map<string, ResourceView>();

  constructor(runtime: Runtime, fleet: Fleet) {
    this.#runtime = runtime;
    this.#fleet = fleet;
  }

  of(seat: number): ResourceView | null {
    const id = this.#fleet.seats().find((other) => other.seat === seat)?.instance?.id;
    return id === undefined ? null : (this.#latest.get(id) ?? null);
  }

  /** Starts watching new instances and stops watching those that went; `wanted` false stops all. */
  update(wanted: boolean): void {
    if (!this.#runtime.abilities.stats) return;
    const ids = new Set(wanted ? this.#fleet.seats().flatMap(({ instance }) => instance?.id ?? []) : []);
    for (const [id, watch] of this.#watched) if (!ids.has(id)) this.#stop(id, watch);
    for (const id of ids) if (!this.#watched.has(id)) void this.#watch(id);
  }

  async #watch(id: string): Promise<void> {
    const watch = new AbortController();
    this.#watched.set(id, watch);
    try {
      for await (const sample of this.#runtime.stats(id, watch.signal)) this.#latest.set(id, { ...sample });
    } catch {
      // The instance went, or the runtime did: the figures go with it, and the next update tries again.
    }
    this.#stop(id, watch);
  }

  #stop(id: string, watch: AbortController): void {
    watch.abort();
    if (this.#watched.get(id) !== watch) return;
    this.#watched.delete(id);
    this.#latest.delete(id);
  }
}
