import { Agent } from 'node:http';
import Docker from 'dockerode';
import { RuntimeError } from '../../../core/runtime-error.ts';
import { toRuntimeError } from './engine-error.ts';

const CALL_LIMIT_MS = 20_000;
/** Measured answers take 1–5 ms; this is what a swamped machine may need. */
const PING_LIMIT_MS = 1_500;

/**
 * Calls to one Docker Engine, every one of them bounded in time, with errors in our terms. While the Engine is known
 * to be lost, calls fail at once and those under way are given up: a hung daemon must not hang us.
 */
export class Engine {
  readonly docker: Docker;
  /** Where the Engine is when it is no local socket: its ports are published there. */
  readonly remoteHost: string | null;
  #lifeline = new AbortController();

  constructor(options: { readonly socketPath?: string } = {}) {
    const host = process.env['DOCKER_HOST'];
    const local = options.socketPath !== undefined || host === undefined || host.startsWith('unix://');
    this.docker = local ? localClient(options) : new Docker();
    this.remoteHost = local ? null : new URL(host).hostname;
  }

  /** `what` completes "… failed": "starting S1". */
  async call<T>(
    what: string,
    signal: AbortSignal,
    action: (abortSignal: AbortSignal) => Promise<T>,
    limitMs = CALL_LIMIT_MS,
  ): Promise<T> {
    signal.throwIfAborted();
    const lifeline = this.#lifeline.signal;
    if (lifeline.aborted) throw this.#unreachable();
    const timeout = AbortSignal.timeout(limitMs);
    try {
      return await action(AbortSignal.any([signal, timeout, lifeline]));
    } catch (error) {
      signal.throwIfAborted();
      if (lifeline.aborted) throw this.#unreachable();
      if (timeout.aborted) throw new RuntimeError('unreachable', `Docker did not answer within ${limitMs / 1000} s`);
      throw toRuntimeError(error, what);
    }
  }

  /** For what dockerode's own functions take no signal for, by their types or at all. */
  request(method: 'GET' | 'DELETE', path: string, abortSignal: AbortSignal): Promise<unknown> {
    return this.#dial({ method, path, abortSignal, isStream: false });
  }

  /** `path` ends with "?" when there is a query. */
  async stream(
    path: string,
    abortSignal: AbortSignal,
    query: Readonly<Record<string, string>> = {},
  ): Promise<NodeJS.ReadableStream> {
    const request = { method: 'GET', path, options: query, abortSignal, isStream: true };
    return (await this.#dial(request)) as NodeJS.ReadableStream;
  }

  /** Null when the Engine answers, else why it does not. */
  async ping(signal: AbortSignal, limitMs = PING_LIMIT_MS): Promise<string | null> {
    const timeout = AbortSignal.timeout(limitMs);
    try {
      await this.request('GET', '/_ping', AbortSignal.any([signal, timeout]));
      return null;
    } catch (error) {
      signal.throwIfAborted();
      return timeout.aborted ? `no answer within ${limitMs} ms` : toRuntimeError(error, 'ping').message;
    }
  }

  markLost(reason: string): void {
    this.#lifeline.abort(reason);
  }

  markBack(): void {
    if (this.#lifeline.signal.aborted) this.#lifeline = new AbortController();
  }

  #dial(request: { path: string; method: string; abortSignal: AbortSignal; isStream: boolean }): Promise<unknown> {
    const options = { ...request, statusCodes: { 200: true, 204: true } };
    return new Promise((resolve, reject) => {
      this.docker.modem.dial(options, (error: unknown, answer: unknown) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }

  #unreachable(): RuntimeError {
    return new RuntimeError('unreachable', `Docker does not answer: ${String(this.#lifeline.signal.reason)}`);
  }
}

/** A connection kept alive from before a daemon's restart would fail the first call after it: each call has its own. */
function localClient(options: { readonly socketPath?: string }): Docker {
  const settings = { ...options, agent: new Agent({ keepAlive: false }) };
  return new Docker(settings);
}
