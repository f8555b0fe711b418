// The test runners: how each is called, and what its report says. Results of a run go into a folder of its own.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root, run, say, toolEnv } from './machine.js';

const results = mkdtempSync(join(tmpdir(), 'ringmaster-test-'));

/** Removes what the suites wrote. */
export function removeResults() {
  rmSync(results, { recursive: true, force: true });
}

/** Runs a test runner that leaves its figures as JSON; a run that fails without a failed test counts as one failure. */
async function suite({ name, command: [file, ...first], args, env, readCounts, readFailures }) {
  const begun = Date.now();
  const report = join(results, `${name.replaceAll(' ', '-')}.json`);
  const text = join(results, `${name.replaceAll(' ', '-')}.txt`);
  const output = openSync(text, 'w');
  say(`test: ${name} …`);
  const options = { env: toolEnv(env(report)), stdio: ['ignore', output, output] };
  const code = await run(file, [...first, ...args(report)], options);
  closeSync(output);
  let counts = { passed: 0, failed: 0, skipped: 0 };
  let failures = [];
  try {
    const figures = JSON.parse(readFileSync(report, 'utf8'));
    counts = readCounts(figures);
    failures = readFailures(figures);
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

/** One project of vitest.config.ts. */
export const vitest = (project, env) =>
  suite({
    name: project,
    command: ['vitest'],
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

/**
 * The panel's specs. A test that only passed on a second try is flaky, and flaky is failed.
 * @param within what Playwright is run by: words that go before its own command
 */
export const playwright = (env, within) =>
  suite({
    name: 'the panel in a browser',
    command: [...within, 'playwright'],
    args: () => ['test', '--reporter=list,json', '--retries=0'],
    env: (file) => ({ ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
    readCounts: ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
    readFailures: failuresBelow,
  });
