import { Agent, request } from 'node:http';

export interface LoadReport {
  readonly ok: number;
  /** By status or error code. */
  readonly failed: ReadonlyMap<string, number>;
  readonly worstMs: number;
  /** Answers of 200 by replica. */
  readonly byReplica: ReadonlyMap<string, number>;
}

/** Kept-alive clients that send GETs one after another, each with a pause, until stopped: about 300 a second by default. */
export class SteadyLoad {
  readonly #url: string;
  readonly #agent: Agent;
  readonly #clients: Promise<void>[];
  readonly #failed = new Map<string, number>();
  readonly #byReplica = new Map<string, number>();
  #ok = 0;
  #worstMs = 0;
  #stopped = false;

  constructor(url: string, clients = 16, pauseMs = 48) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: clients });
    this.#clients = Array.from({ length: clients }, () => this.#run(pauseMs));
  }

  /** Answers so far. */
  get ok(): number {
    return this.#ok;
  }

  async stop(): Promise<LoadReport> {
    this.#stopped = true;
    await Promise.all(this.#clients);
    this.#agent.destroy();
    return { ok: this.#ok, failed: this.#failed, worstMs: this.#worstMs, byReplica: this.#byReplica };
  }

  async #run(pauseMs: number): Promise<void> {
    while (!this.#stopped) {
      const start = performance.now();
      const outcome = await this.#get();
      this.#worstMs = Math.max(this.#worstMs, performance.now() - start);
      if (outcome === null) this.#ok++;
      else this.#failed.set(outcome, (this.#failed.get(outcome) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** null when it was answered well. */
  #get(): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const call = request(this.#url, { agent: this.#agent }, (response) => {
      response.once('error', (error) => resolve(error.message));
      response.once('end', () => {
        const replica = String(response.headers['x-ringmaster-replica']);
        if (response.statusCode === 200) this.#byReplica.set(replica, (this.#byReplica.get(replica) ?? 0) + 1);
        resolve(response.statusCode === 200 ? null : String(response.statusCode));
      });
      response.resume();
    });
    call.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    call.end();
    return promise;
  }
}
