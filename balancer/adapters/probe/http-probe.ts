import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Address, HealthProbe, ProbeResult } from '../../core/ports.ts';

export interface HttpProbeOptions {
  /** "/heartbeat". */
  readonly path: string;
}

/** A body is read up to here, so that the connection ends in good order, and then cut. */
const LARGEST_BODY_BYTES = 65_536;

type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Asks for a path over HTTP; 2xx and 3xx are well. Each probe opens a connection of its own: a kept one would prove
 * only that the process it leads to can still write, not that a client could reach it.
 */
export class HttpProbe implements HealthProbe {
  readonly #path: string;
  readonly #open = new Set<ClientRequest>();

  constructor(options: HttpProbeOptions) {
    this.#path = options.path;
  }

  async probe(address: Address, timeoutMs: number, signal: AbortSignal): Promise<ProbeResult> {
    signal.throwIfAborted();
    const before = performance.now();
    const verdict = await this.#ask(address, timeoutMs, signal);
    signal.throwIfAborted();
    return { ...verdict, durationMs: performance.now() - before };
  }

  async close(): Promise<void> {
    for (const asking of this.#open) asking.destroy();
  }

  #ask(address: Address, timeoutMs: number, signal: AbortSignal): Promise<Verdict> {
    return new Promise((resolve) => {
      const asking = this.#request(address);
      const giveUp = (reason: string): void => {
        resolve({ ok: false, reason });
        asking.destroy();
      };
      const timer = setTimeout(() => giveUp(`timeout after ${inWords(timeoutMs)}`), timeoutMs);
      const aborted = (): void => giveUp('aborted');
      signal.addEventListener('abort', aborted, { once: true });
      asking.on('response', (answer) => {
        resolve(judge(answer.statusCode ?? 0));
        drain(answer);
      });
      asking.on('error', (error) => resolve({ ok: false, reason: explain(error) }));
      asking.on('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
        this.#open.delete(asking);
        resolve({ ok: false, reason: 'closed without an answer' });
      });
      asking.end();
    });
  }

  #request({ host, port }: Address): ClientRequest {
    const headers = { 'User-Agent': 'ringmaster-probe', Accept: '*/*', Connection: 'close' };
    const asking = request({ host, port, path: this.#path, agent: false, headers });
    this.#open.add(asking);
    return asking;
  }
}

function judge(status: number): Verdict {
  return status >= 200 && status < 400 ? { ok: true } : { ok: false, reason: `status ${status}` };
}

function drain(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('error', () => {});
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY_BYTES) answer.destroy();
  });
}

/** "connect ECONNREFUSED 10.0.0.1:8080" is said better by the address beside it. */
function explain(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNRESET') return 'closed without an answer';
  if (error.code?.startsWith('HPE_')) return 'the answer is not HTTP';
  if (error.syscall !== undefined && error.code !== undefined) return `${error.syscall} ${error.code}`;
  return error.message;
}

function inWords(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}
