// Plain JavaScript, because `npm start` needs it before there is a Node that reads TypeScript.
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/** The parent and, where /proc tells it, the parent's parent. */
function ancestors() {
  try {
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8'))?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}

/**
 * For a process that is `npm run SCRIPT`: npm ends at a SIGTERM without passing it on to the shell it runs the script in.
 * This sends it to ourselves when the shell, or npm above it, is gone. Does nothing for whoever else npm's variables reach.
 * @param {string} script
 */
export function stopWithNpm(script) {
  if (process.env['npm_lifecycle_event'] !== script || process.platform === 'win32') return;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}
