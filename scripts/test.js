// `npm test`: everything this machine can run, with what it needs set up first. The last line is the sum of all suites.
// `npm test -- --no-skips` (CI) fails when anything was skipped.
import { check } from './check.js';
import {
  dockerMissing,
  ensureBrowser,
  ensureDependencies,
  ensurePanel,
  ensurePython,
  ensureServerImage,
  say,
  startImages,
} from './machine.js';
import { ownNetwork } from './own-network.js';
import { playwright, removeResults, vitest } from './suites.js';

function sum(all) {
  const add = (key) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** What this machine has: the suites' environment, the browser, and why something has to be skipped. */
async function setUp() {
  await ensureDependencies();
  const reasons = [];
  const docker = dockerMissing() ?? (await ensureServerImage());
  if (docker) reasons.push(`containers (${docker})`);
  const python = ensurePython();
  if (!python) reasons.push('the contract scripts (no python3 with requests and aiohttp)');
  const browser = await ensureBrowser();
  if (!browser) reasons.push('the panel in a browser (no Chromium: install it or set CHROMIUM_PATH)');
  const env = {
    RINGMASTER_TEST_DOCKER: docker ? 'no' : 'yes',
    RINGMASTER_TEST_PYTHON: python ?? '',
    ...(browser && browser !== 'playwright' ? { CHROMIUM_PATH: browser } : {}),
  };
  return { env, browser, reasons };
}

/**
 * Two things at a time, whichever comes next: with more the processors only go from one to the other, and what waits for
 * a test still runs. Resolves with the counts of all suites.
 */
async function runAll({ env, browser }, images) {
  const network = ownNetwork();
  const built = ensurePanel();
  const specs = built.then(() => (browser ? playwright(env, network ?? []) : { passed: 0, failed: 0, skipped: 1 }));
  const services = vitest('services', env);
  const containers = async () => {
    await images;
    // Without a network of its own the browser may not run beside containers.
    if (!network) await specs;
    return vitest('containers', env);
  };
  const units = () => vitest('units', env);
  // The types that the build writes are among what is checked.
  const checks = () => built.then(check);
  const left = network ? [containers, units, checks] : [units, checks, containers];
  const lane = async (first) => {
    const all = [await first];
    for (let next = left.shift(); next; next = left.shift()) all.push(await next());
    return all;
  };
  return (await Promise.all([lane(specs), lane(services)])).flat();
}

/** "9 min 12 s". */
function minutes(ms) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

async function main() {
  const begun = Date.now();
  // What the images are made from may have to be made first, with what `npm ci` brings.
  const early = startImages();
  const machine = await setUp();
  const images = early.then((begun) => begun || startImages());
  const all = await runAll(machine, images);
  for (const { toShow = '' } of all) process.stdout.write(toShow);
  for (const failure of all.flatMap(({ failures = [] }) => failures)) say(`failed: ${failure}`);
  if (machine.reasons.length > 0) say(`skipped: ${machine.reasons.join('; ')}`);
  say(`test: all of it, with what had to be set up, in ${minutes(Date.now() - begun)}`);
  return sum(all);
}

const total = await main().finally(removeResults);
const refused = process.argv.includes('--no-skips') && total.skipped > 0;
if (refused) say('nothing may be skipped here');
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || refused ? 1 : 0;
