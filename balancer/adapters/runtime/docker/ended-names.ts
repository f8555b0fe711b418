import { asideName, containerName } from './container-spec.ts';
import type { Engine } from './engine.ts';
import { ignoreStatus } from './engine-error.ts';

/** Names that containers which have ended still hold, until they are moved aside or removed. */
export class EndedNames {
  readonly #engine: Engine;
  readonly #holders = new Map<string, string>();
  /** What is being done to a dead container: moved aside or removed. */
  readonly #underWay = new Map<string, Promise<void>>();

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
    if (ended === undefined) return null;
    return this.#underWay.get(ended) ?? this.#track(ended, this.#moveAside(ended, name, signal));
  }

  /** Removes a container, but never while it is moved aside: the Engine could keep its name for ever. */
  async remove(id: string, action: () => Promise<void>): Promise<void> {
    const moved = (this.#underWay.get(id) ?? Promise.resolve()).catch(() => {});
    await this.#track(id, moved.then(action));
    this.forget(id);
  }

  async #track(id: string, task: Promise<void>): Promise<void> {
    this.#underWay.set(id, task);
    try {
      await task;
    } finally {
      if (this.#underWay.get(id) === task) this.#underWay.delete(id);
    }
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
