import { asideName, containerName } from './container-spec.ts';
import type { Engine } from './engine.ts';
import { ignoreStatus } from './engine-error.ts';

/** Names that containers which have ended still hold, until they are moved aside or removed. */
export class EndedNames {
  readonly #engine: Engine;
  readonly #holders = new Map<string, string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  ended(name: string, id: string): void {
    this.#holders.set(name, id);
  }

  /** It runs again, or is gone. */
  forget(id: string): void {
    for (const [name, holder] of this.#holders) if (holder === id) this.#holders.delete(name);
  }

  has(id: string): boolean {
    return [...this.#holders.values()].includes(id);
  }

  /** Resolves when the replica's name is free; null when no dead container is known to hold it. */
  free(replica: string, signal: AbortSignal): Promise<void> | null {
    const name = containerName(replica);
    const ended = this.#holders.get(name);
    return ended === undefined ? null : this.#moveAside(ended, name, signal);
  }

  /** A dead container keeps its name until it is removed. Renaming it takes 5 ms, but waits for it to be cleaned up. */
  async #moveAside(id: string, name: string, signal: AbortSignal): Promise<void> {
    const container = this.#engine.docker.getContainer(id);
    await this.#engine
      .call(`moving ${name} aside`, signal, (abortSignal) =>
        container.rename({ name: asideName(name, id), abortSignal }),
      )
      .catch(ignoreStatus(404, 409));
    this.#holders.delete(name);
  }
}
