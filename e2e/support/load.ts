import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadResult {
  readonly sent: number;
  /** Answers of 200 by the replica that the balancer names. */
  readonly byReplica: Map<string, number>;
  /** What went wrong, by status or error code. */
  readonly errors: Map<string, number>;
  readonly worstMs: number;
}

export interface Load {
  /** Stops sending, waits for what is in flight. */
  readonly stop: () => Promise<LoadResult>;
}

type Outcome = { readonly replica: string } | { readonly error: string };

function once(url: string, agent: Agent): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = get(url, { agent }, (answer) => {
      answer.on('error', (error) => resolve({ error: error.message }));
      answer.on('end', () => {
        const replica = String(answer.headers['x-ringmaster-replica']);
        resolve(answer.statusCode === 200 ? { replica } : { error: String(answer.statusCode) });
      });
      answer.resume();
    });
    request.on('error', (error) => resolve({ error: (error as NodeJS.ErrnoException).code ?? error.message }));
  });
}

export interface LoadOptions {
  /** How many to send; without it, until stopped. */
  readonly total?: number;
  /** What each client waits after an answer, ms. At 0 even one client takes a processor, which the page may need. */
  readonly pauseMs?: number;
}

/** Sends GETs over `clients` kept-alive connections. */
export function startLoad(
  url: string,
  clients: number,
  { total = Number.POSITIVE_INFINITY, pauseMs = 0 }: LoadOptions = {},
): Load & { done: Promise<LoadResult> } {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const byReplica = new Map<string, number>();
  const errors = new Map<string, number>();
  let sent = 0;
  let worstMs = 0;
  let going = true;
  const count = (map: Map<string, number>, key: string): Map<string, number> => map.set(key, (map.get(key) ?? 0) + 1);
  const client = async (): Promise<void> => {
    while (going && sent < total) {
      sent++;
      const start = performance.now();
      const outcome = await once(url, agent);
      worstMs = Math.max(worstMs, performance.now() - start);
      if ('replica' in outcome) count(byReplica, outcome.replica);
      else count(errors, outcome.error);
      if (pauseMs > 0) await sleep(pauseMs);
    }
  };
  const done = Promise.all(Array.from({ length: clients }, client)).then(() => {
    agent.destroy();
    return { sent, byReplica, errors, worstMs };
  });
  return {
    done,
    stop: () => {
      going = false;
      return done;
    },
  };
}
