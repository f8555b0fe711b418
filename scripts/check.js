// `npm run check`: format, lint, import directions, types, dead code. Every tool runs, then one line for each that failed.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, outcome, root, say } from './machine.js';

const AGAINST_THE_RULES =
  "import { serve } from '../proxy/plane.ts';\n\nexport const start = () => serve(Date.now());\n";
/** What the rules are, and what they name. */
const RULES = ['biome.json', '.gitignore', 'scripts/no-random.grit'];

/**
 * The rules for import directions must bite: a file that breaks them has to be refused, or the check checks nothing. It
 * lies in a folder of its own, where no other step comes upon it.
 */
async function directionsBite() {
  const folder = mkdtempSync(join(tmpdir(), 'ringmaster-check-'));
  try {
    for (const file of RULES) cpSync(join(root, file), join(folder, file));
    mkdirSync(join(folder, 'balancer', 'core'), { recursive: true });
    writeFileSync(join(folder, 'balancer', 'core', 'breaks-the-rules.ts'), AGAINST_THE_RULES);
    const { text } = await outcome('biome', ['lint'], { cwd: folder });
    const bites = text.includes('noRestrictedImports') && text.includes('noRestrictedGlobals');
    return { code: bites ? 0 : 1, text: bites ? '' : text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const steps = [
  ['format, lint and import directions', () => outcome('biome', ['check', '--error-on-warnings', '.'])],
  ['the import rules bite', directionsBite],
  ['types', () => outcome('tsc', ['--noEmit'])],
  ['dead code', () => outcome('knip', ['--no-progress'])],
];

/** Runs every step, all at a time; returns how many passed and failed. */
export async function check() {
  say(`check: ${steps.map(([name]) => name).join('; ')} …`);
  const outcomes = await Promise.all(
    steps.map(async ([name, step]) => {
      const { code, text } = await step();
      process.stdout.write(text);
      return code === 0 ? [] : [name];
    }),
  );
  const failed = outcomes.flat();
  for (const name of failed) say(`check failed: ${name}`);
  return { passed: steps.length - failed.length, failed: failed.length, skipped: 0 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureDependencies();
  const { failed } = await check();
  process.exit(failed === 0 ? 0 : 1);
}
