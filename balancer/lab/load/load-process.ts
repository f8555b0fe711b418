import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type LoadFrame, type LoadSpec, type LoadSummary, loadMessage } from '../../../lib/lab/load.ts';

export interface LoadHooks {
  /** The first request is about to be sent. */
  readonly onStart?: () => void;
  readonly onFrame?: (frame: LoadFrame, requests: number, failed: number) => void;
}

/** How long a cancelled load may take to end before it is killed. */
const CANCEL_MS = 3000;

/**
 * Runs a load in a process of its own and resolves with what it found. Aborting ends it early, with what was found so
 * far. Rejects when the process cannot be started or dies.
 */
export async function runLoad(
  origin: string,
  spec: LoadSpec,
  hooks: LoadHooks,
  signal: AbortSignal,
): Promise<LoadSummary> {
  signal.throwIfAborted();
  const entry = fileURLToPath(new URL('../load.ts', import.meta.url));
  const child = spawn(process.execPath, [entry, JSON.stringify({ spec, origin })], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.stdin.on('error', () => undefined);
  const stop = (): void => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), CANCEL_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const reading = readMessages(createInterface({ input: child.stdout }), hooks);
    const [summary, code] = await Promise.all([reading, exited]);
    if (summary) return summary;
    throw new Error(`the load ended without a result (exit code ${code}) ${complaint}`.trim());
  } finally {
    signal.removeEventListener('abort', stop);
    if (child.exitCode === null) child.kill('SIGKILL');
  }
}

async function readMessages(lines: AsyncIterable<string>, hooks: LoadHooks): Promise<LoadSummary | null> {
  let summary: LoadSummary | null = null;
  for await (const line of lines) {
    const message = loadMessage.parse(JSON.parse(line));
    if (message.type === 'started') hooks.onStart?.();
    else if (message.type === 'frame') hooks.onFrame?.(message.frame, message.requests, message.failed);
    else summary = message.summary;
  }
  return summary;
}
