import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Command } from '../command.ts';

/** The balancer and the panel, in the foreground: what `npm start` does. */
export const up: Command = {
  name: 'up',
  summary: 'start balancer and panel, in the foreground',
  operands: '[FLAGS OF THE BALANCER]',
  options: [],
  raw: true,
  run: async (_given, { signal }, args) => {
    const script = fileURLToPath(new URL('../../../scripts/start.js', import.meta.url));
    const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
    // On Ctrl+C the terminal has told it already; by `kill` only this program is told.
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 1;
  },
};
