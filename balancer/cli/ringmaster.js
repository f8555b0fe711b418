#!/usr/bin/env node
// Any Node starts this; one that is too old hands the program to the Node that came with the dependencies.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const NEEDED = 24;
// Reading the program takes longer than running it: what was read once is kept. Where it cannot be, nothing is lost.
// What the program starts keeps it there too.
process.env.NODE_COMPILE_CACHE ??= join(here, '../../node_modules/.cache/ringmaster');

/** Where npm put the Node of `optionalDependencies`; null where it has none for this platform. */
function packagedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(module.createRequire(import.meta.url).resolve(`${name}/package.json`));
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

function runOn(node) {
  const child = spawn(node, [join(here, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends Ctrl+C to both; the child decides when to end.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', (error) => end(error.message));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function end(message) {
  process.stderr.write(`ringmaster: ${message}\n`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  module.enableCompileCache();
  await import('./main.ts');
} else {
  const node = packagedNode();
  if (node === null) end(`needs Node ${NEEDED} or later, found ${process.version}: run npm ci, or install it`);
  else runOn(node);
}
