// `npm run check`: format, lint, import directions, types, dead code. Every tool runs, then one line for each that failed.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, root, run, say, toolEnv } from './machine.js';

/** The rules for import directions must bite: a file that breaks them has to be refused, or the check checks nothing. */
function directionsBite() {
  const file = 'balancer/core/breaks-the-rules.ts';
  writeFileSync(
    join(root, file),
    "import { serve } from '../proxy/plane.ts';\n\nexport const start = () => serve(Date.now());\n",
  );
  try {
    const lint = spawnSync('biome', ['lint', file], { cwd: root, env: toolEnv(), encoding: 'utf8' });
    const said = `${lint.stdout}${lint.stderr}`;
    return said.includes('noRestrictedImports') && said.includes('noRestrictedGlobals') ? 0 : 1;
  } finally {
    rmSync(join(root, file), { force: true });
  }
}

const steps = [
  ['format, lint and import directions', () => run('biome', ['check', '--error-on-warnings', '.'])],
  ['the import rules bite', directionsBite],
  ['types', () => run('tsc', ['--noEmit'])],
  ['dead code', () => run('knip', ['--no-progress'])],
];

/** Runs every step; returns how many passed and failed. */
export async function check() {
  const failed = [];
  for (const [name, step] of steps) {
    say(`check: ${name}`);
    if ((await step()) !== 0) failed.push(name);
  }
  for (const name of failed) say(`check failed: ${name}`);
  return { passed: steps.length - failed.length, failed: failed.length, skipped: 0 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureDependencies();
  const { failed } = await check();
  process.exit(failed === 0 ? 0 : 1);
}
