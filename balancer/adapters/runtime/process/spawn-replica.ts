import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { messageOf } from '../../../core/log.ts';
import { RuntimeError } from '../../../core/runtime-error.ts';
import type { ProcessCommand } from './command.ts';

export interface LogPaths {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts a process that outlives us: in a group of its own, out of our terminal's reach, with files instead of pipes
 * for its output. Rejects with `start-failed` when it cannot be run.
 */
export async function spawnReplica(
  command: ProcessCommand,
  environment: NodeJS.ProcessEnv,
  paths: LogPaths,
): Promise<ChildProcess & { readonly pid: number }> {
  const files = [openSync(paths.stdout, 'a', 0o600), openSync(paths.stderr, 'a', 0o600)];
  try {
    const child = spawn(command.file, command.args, {
      env: environment,
      detached: process.platform !== 'win32',
      stdio: ['ignore', ...files],
      windowsHide: true,
    });
    child.unref();
    if (!hasPid(child)) await once(child, 'spawn');
    if (hasPid(child)) return child;
    throw new Error('it got no process id');
  } catch (error) {
    throw new RuntimeError('start-failed', `${command.origin} cannot be started: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** A child that could not be started has no pid and says why in its `error` event, which `once` rejects with. */
function hasPid(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined;
}

/** "exit code 1", "killed by SIGKILL". */
export function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `killed by ${signal}`;
}
