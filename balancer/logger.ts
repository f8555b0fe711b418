import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Flags } from './config/config.ts';

interface Line {
  readonly level: number;
  readonly time: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

const HIDDEN = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'stack']);
const LEVELS: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info ', 40: 'warn ', 50: 'error', 60: 'fatal' };

/** One line a person can read: time, level, what happened, and the fields. */
export function readable(json: string): string {
  const line = JSON.parse(json) as Line;
  const fields = Object.entries(line)
    .filter(([name, value]) => !HIDDEN.has(name) && value !== null && value !== undefined)
    .map(
      ([name, value]) => `${name}=${typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value)}`,
    );
  const stack = typeof line['stack'] === 'string' ? `\n${line['stack']}` : '';
  return `${line.time.slice(11, 23)} ${LEVELS[line.level] ?? ''} ${[line.msg, ...fields].join('  ')}${stack}\n`;
}

const textStream: DestinationStream = { write: (json) => process.stderr.write(readable(json)) };

/** Logs go to stderr: readable lines, or pino's JSON for collectors. */
export function createLogger(level: Flags['log-level'], format: Flags['log-format']): Logger {
  const options = { level, timestamp: stdTimeFunctions.isoTime };
  return format === 'json' ? pino(options, pino.destination({ dest: 2, sync: true })) : pino(options, textStream);
}
