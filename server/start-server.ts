/** Starts a sample replica in a process of its own, for the tests beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface StartedServer {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** All it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What others have compiled of it already. */
const { NODE_COMPILE_CACHE = '' } = process.env;
const compileCache = NODE_COMPILE_CACHE === '' ? {} : { NODE_COMPILE_CACHE };

/** Resolves once the server listens; rejects with what it printed when it ends before. */
export async function startServer(environment: Readonly<Record<string, string>>): Promise<StartedServer> {
  const child = spawn(process.execPath, [new URL('server.ts', import.meta.url).pathname], {
    env: { NODE_ENV: 'production', PATH: process.env['PATH'] ?? '', PORT: '0', ...compileCache, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const lines: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => lines.push(line));
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const match = /listening on \S+:(\d+)$/.exec(line);
      if (match) resolve(Number(match[1]));
    });
    child.on('close', (code) => reject(new Error(`exit ${code}: ${lines.join('\n')}`)));
  });
  const dispose = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, port, child, lines, exited, [Symbol.asyncDispose]: dispose };
}
