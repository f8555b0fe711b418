#!/usr/bin/env node
// Any Node starts this; the program itself runs on the Node that came with the dependencies.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const NEEDED = 24;

/** Where npm put the Node of `optionalDependencies`, or this one when it is new enough. */
function findNode() {
  const packaged = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${packaged}/package.json`));
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(path)) return path;
  } catch {
    // Not installed on this platform.
  }
  return Number(process.versions.node.split('.')[0]) >= NEEDED ? process.execPath : null;
}

const node = findNode();
if (node === null) {
  process.stderr.write(
    `ringmaster: needs Node ${NEEDED} or later, found ${process.version}: run npm ci, or install it\n`,
  );
  process.exit(1);
}
// Reading the program takes longer than running it: what was read once is kept. Where it cannot be, nothing is lost.
const NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? join(here, '../../node_modules/.cache/ringmaster');
const env = { ...process.env, NODE_COMPILE_CACHE };
const child = spawn(node, [join(here, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit', env });
// The terminal sends Ctrl+C to both; the child decides when to end.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
child.on('error', (error) => {
  process.stderr.write(`ringmaster: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
