import type { CDPSession } from '@playwright/test';

interface Answer {
  readonly id: number;
  readonly result?: { readonly usedSize?: number };
}

/** The heaps of a page's workers, which the page's own figures leave out. */
export class WorkerHeaps {
  readonly #client: CDPSession;
  readonly #sessions = new Set<string>();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(client: CDPSession) {
    this.#client = client;
    client.on('Target.attachedToTarget', ({ sessionId }) => this.#sessions.add(sessionId));
    client.on('Target.detachedFromTarget', ({ sessionId }) => this.#sessions.delete(sessionId));
    client.on('Target.receivedMessageFromTarget', ({ message }) => {
      const answer = JSON.parse(message) as Answer;
      this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async attach(client: CDPSession): Promise<WorkerHeaps> {
    const heaps = new WorkerHeaps(client);
    await client.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    return heaps;
  }

  /** Bytes in use in all of them after the garbage was collected. */
  async used(): Promise<number> {
    const sizes = await Promise.all([...this.#sessions].map((session) => this.#usedIn(session)));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async #usedIn(sessionId: string): Promise<number> {
    await this.#ask(sessionId, 'HeapProfiler.collectGarbage');
    const { result } = await this.#ask(sessionId, 'Runtime.getHeapUsage');
    return result?.usedSize ?? 0;
  }

  async #ask(sessionId: string, method: string): Promise<Answer> {
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    await this.#client.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return promise.finally(() => this.#waiting.delete(id));
  }
}
