// `npm test`: everything this machine can run, with what it needs set up first. The last line is the sum of all suites.
// `npm test -- --no-skips` (CI) fails when anything was skipped.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { check } from './check.js';
import {
  dockerMissing,
  ensureBrowser,
  ensureDependencies,
  ensurePanel,
  ensurePython,
  ensureServerImage,
  root,
  run,
  say,
  toolEnv,
} from './machine.js';

const results = mkdtempSync(join(tmpdir(), 'ringmaster-test-'));

/** Runs a test runner that leaves its figures as JSON; a run that fails without a failed test counts as one failure. */
async function suite({ name, command, args, env, readCounts, readFailures }) {
  const begun = Date.now();
  const file = join(results, `${name.replaceAll(' ', '-')}.json`);
  const text = join(results, `${name.replaceAll(' ', '-')}.txt`);
  const output = openSync(text, 'w');
  say(`test: ${name} …`);
  const code = await run(command, args(file), { env: toolEnv(env(file)), stdio: ['ignore', output, output] });
  closeSync(output);
  let counts = { passed: 0, failed: 0, skipped: 0 };
  let failures = [];
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    counts = readCounts(report);
    failures = readFailures(report);
  } catch (error) {
    say(`${name}: no figures (${error.message})`);
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1;
  const { passed, failed, skipped } = counts;
  const seconds = Math.round((Date.now() - begun) / 1000);
  const printed = readFileSync(text, 'utf8');
  // What failed is shown at the end of all, where it is looked for.
  if (failed === 0) process.stdout.write(printed);
  say(`test: ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`);
  if (failed > 0 && failures.length === 0) failures.push(`ended with ${code}`);
  return {
    ...counts,
    toShow: failed === 0 ? '' : printed,
    failures: failures.map((failure) => `${name}: ${failure}`),
  };
}

/** The first lines of a message, without its colours: enough to know the fault again. */
function gist(message = '') {
  return stripVTControlCharacters(message)
    .split('\n')
    .slice(0, 8)
    .map((line) => `    ${line}`.slice(0, 300))
    .join('\n');
}

/** Playwright's suites hold suites; a test's own title comes last. */
function failuresBelow({ title = '', suites = [], specs = [] }) {
  const own = specs.filter((spec) => !spec.ok);
  const inner = [
    ...suites.flatMap(failuresBelow),
    ...own.map(({ title: spec, tests }) => {
      const errors = tests.flatMap(({ results: tries }) => tries.flatMap((one) => one.errors));
      return `${spec}\n${gist(errors[0]?.message)}`;
    }),
  ];
  return title === '' ? inner : inner.map((failure) => `${title} > ${failure}`);
}

const vitest = (project, env) =>
  suite({
    name: project,
    command: 'vitest',
    args: (file) => [
      'run',
      ...['--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ],
    env: () => env,
    readCounts: (r) => ({
      passed: r.numPassedTests,
      failed: r.numFailedTests,
      skipped: r.numPendingTests + (r.numTodoTests ?? 0),
    }),
    readFailures: (r) =>
      r.testResults.flatMap((file) => {
        const failed = file.assertionResults.filter(({ status }) => status === 'failed');
        if (file.status === 'failed' && failed.length === 0)
          return [`${relative(root, file.name)}\n${gist(file.message)}`];
        return failed.map((one) => `${relative(root, file.name)} > ${one.fullName}\n${gist(one.failureMessages[0])}`);
      }),
  });

/** A test that only passed on a second try is flaky, and flaky is failed. */
const playwright = (env) =>
  suite({
    name: 'the panel in a browser',
    command: 'playwright',
    args: () => ['test', '--reporter=list,json', '--retries=0'],
    env: (file) => ({ ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
    readCounts: ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
    readFailures: failuresBelow,
  });

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
  // Two at a time, as each waits for much of its time. Containers come after the browser: with each network that
  // Docker makes or removes, Chromium breaks off what it is loading (ERR_NETWORK_CHANGED).
  const noBrowser = { passed: 0, failed: 0, skipped: 1 };
  all.push(...(await Promise.all([browser ? playwright(env) : noBrowser, vitest('services', env)])));
  all.push(...(await Promise.all([vitest('containers', env), vitest('units', env)])));
  for (const { toShow = '' } of all) process.stdout.write(toShow);
  for (const failure of all.flatMap(({ failures = [] }) => failures)) say(`failed: ${failure}`);
  if (reasons.length > 0) say(`skipped: ${reasons.join('; ')}`);
  return sum(all);
}

const total = await main().finally(() => rmSync(results, { recursive: true, force: true }));
const refused = process.argv.includes('--no-skips') && total.skipped > 0;
if (refused) say('nothing may be skipped here');
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || refused ? 1 : 0;
