// `npm test`: everything this machine can run, with what it needs set up first. The last line is the sum of all suites.
// `npm test -- --no-skips` (CI) fails when anything was skipped.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.js';
import {
  dockerMissing,
  ensureBrowser,
  ensureDependencies,
  ensurePanel,
  ensurePython,
  ensureServerImage,
  run,
  say,
  toolEnv,
} from './machine.js';

const results = mkdtempSync(join(tmpdir(), 'ringmaster-test-'));

/** Runs a test runner that leaves its figures as JSON; a run that fails without a failed test counts as one failure. */
async function suite({ name, command, args, env, readCounts, stdio = 'inherit' }) {
  const file = join(results, `${name.replaceAll(' ', '-')}.json`);
  const code = await run(command, args(file), { env: toolEnv(env(file)), stdio });
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = readCounts(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    say(`${name}: no figures (${error.message})`);
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1;
  return counts;
}

const vitest = (name, projects, env) =>
  suite({
    name,
    command: 'vitest',
    args: (file) => {
      const chosen = projects.flatMap((project) => ['--project', project]);
      return ['run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    },
    env: () => env,
    readCounts: (r) => ({
      passed: r.numPassedTests,
      failed: r.numFailedTests,
      skipped: r.numPendingTests + (r.numTodoTests ?? 0),
    }),
  });

/** A test that only passed on a second try is flaky, and flaky is failed. */
const playwright = (env, output) =>
  suite({
    name: 'browser',
    command: 'playwright',
    args: () => ['test', '--reporter=list,json', '--retries=0'],
    env: (file) => ({ ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
    readCounts: ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
    stdio: ['ignore', output, output],
  });

/** The panel in a browser runs beside the others: both wait for much of their time. Its output is shown once it is whole. */
async function inBrowser(env) {
  const file = join(results, 'browser.txt');
  const output = openSync(file, 'w');
  const counts = await playwright(env, output);
  closeSync(output);
  return { counts, text: readFileSync(file, 'utf8') };
}

function sum(all) {
  const add = (key) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

async function main() {
  await ensureDependencies();
  const reasons = [];
  const docker = dockerMissing() ?? (await ensureServerImage());
  if (docker) reasons.push(`containers (${docker})`);
  const python = ensurePython();
  if (!python) reasons.push('the contract scripts (no python3 with requests and aiohttp)');
  const browser = await ensureBrowser();
  const env = {
    RINGMASTER_TEST_DOCKER: docker ? 'no' : 'yes',
    RINGMASTER_TEST_PYTHON: python ?? '',
    ...(browser && browser !== 'playwright' ? { CHROMIUM_PATH: browser } : {}),
  };
  if (!browser) reasons.push('the panel in a browser (no Chromium: install it or set CHROMIUM_PATH)');
  const all = [await check()];
  await ensurePanel();
  say('test: units, services, containers; meanwhile the panel in a browser, whose output follows');
  const beside = browser ? inBrowser(env) : { counts: { passed: 0, failed: 0, skipped: 1 }, text: '' };
  all.push(await vitest('units and services', ['units', 'services'], env));
  all.push(await vitest('containers', ['containers'], env));
  const { counts, text } = await beside;
  say('test: the panel in a browser');
  process.stdout.write(text);
  all.push(counts);
  if (reasons.length > 0) say(`skipped: ${reasons.join('; ')}`);
  return sum(all);
}

const total = await main().finally(() => rmSync(results, { recursive: true, force: true }));
const refused = process.argv.includes('--no-skips') && total.skipped > 0;
if (refused) say('nothing may be skipped here');
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || refused ? 1 : 0;
