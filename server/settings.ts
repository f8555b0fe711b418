import { hostname } from 'node:os';

export interface Settings {
  /** What `/home` answers with. */
  readonly id: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The faults and echoes of `/lab/`. */
  readonly lab: boolean;
  /** Lab only: the process exits by itself after this time, so that crash loops can be seen. 0: never. */
  readonly exitAfterMs: number;
  /** Lab only: waits this long before it accepts connections, as a slow starter does. */
  readonly startDelayMs: number;
  /** Longer than a balancer keeps an idle connection, so that the balancer is the one to close it. */
  readonly keepAliveTimeoutMs: number;
  readonly logRequests: boolean;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the environment; names every problem at once. */
export function readSettings(environment: NodeJS.ProcessEnv): SettingsResult {
  const problems: string[] = [];
  const number = (name: string, fallback: number, highest: number): number => {
    const text = environment[name];
    if (text === undefined || text === '') return fallback;
    if (/^\d+$/.test(text) && Number(text) <= highest) return Number(text);
    problems.push(`${name} must be a whole number from 0 to ${highest}, not ${JSON.stringify(text)}`);
    return fallback;
  };
  const settings: Settings = {
    id: environment['SERVER_ID'] || hostname(),
    host: environment['HOST'] || '127.0.0.1',
    port: number('PORT', 8080, 65_535),
    lab: environment['SERVER_LAB'] === '1',
    exitAfterMs: number('SERVER_LAB_EXIT_AFTER_MS', 0, 86_400_000),
    startDelayMs: number('SERVER_LAB_START_DELAY_MS', 0, 86_400_000),
    keepAliveTimeoutMs: number('SERVER_KEEP_ALIVE_MS', 75_000, 86_400_000),
    logRequests: environment['SERVER_LOG'] === 'requests',
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}
