import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/** Calls `stop` at the first SIGTERM or SIGINT; a second one ends the process at once, with the shell's usual code. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let stopping = false;
  const received = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping = true;
    stop(signal);
  };
  process.on('SIGTERM', received);
  process.on('SIGINT', received);
  // Its terminal was closed.
  process.on('SIGHUP', received);
  onNpmGone(() => {
    if (!stopping) received('SIGTERM');
  });
}

/**
 * For `npm run balancer`: npm ends at a SIGTERM without passing it on to the shell it runs a script in. What it ran
 * notices that the shell, or npm above it, is gone.
 */
function onNpmGone(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'balancer' || process.platform === 'win32') return;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    stop();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** The parent and, where /proc tells it, the parent's parent. */
function ancestors(): string {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}
