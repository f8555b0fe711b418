import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/balancer.ts';

/** The built panel in a process of its own. */
export interface PanelProcess {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 20_000;
const GOODBYE_MS = 300;

/** What `npm start` runs, as it runs it. It serves the scripts and styles that lie beside it, where `next build` alone puts none. */
const SERVER = '.next/standalone/server.js';
const YOUNG_GENERATION = '--max-semi-space-size=2';
const COMPILE_CACHE = resolve('node_modules/.cache/ringmaster');
const ASSETS = '.next/standalone/.next/static';

/** Starts the panel on a free port; resolves once it answers. */
export async function startPanel(
  balancerUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<PanelProcess> {
  const port = await freePort();
  const address = { PORT: String(port), HOSTNAME: '127.0.0.1', BALANCER_URL: balancerUrl };
  if (!existsSync(ASSETS)) cpSync('.next/static', ASSETS, { recursive: true });
  const child = spawn(process.execPath, [YOUNG_GENERATION, SERVER], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NODE_COMPILE_CACHE: COMPILE_CACHE, ...address, ...env },
  });
  const ended = once(child, 'exit');
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
  const stop = async (): Promise<void> => {
    // Whoever is asked to end keeps what it has compiled for the next; whoever cannot end yet has to.
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), GOODBYE_MS);
    await ended;
    clearTimeout(timer);
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok === true) return { url, stop };
    await sleep(50);
  }
  await stop();
  throw new Error(`the panel did not start (was it built with "next build"?):\n${printed}`);
}
