// What this machine has, and how to get what it lacks. Plain JavaScript without dependencies: it runs before `npm ci`.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

/** The environment for every child: the project's own tools and its Node 24 come first. */
export function toolEnv(extra = {}) {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, NEXT_TELEMETRY_DISABLED: '1', ...extra };
}

/** What Node has read once it keeps here: the balancer starts sooner, and needs no memory to strip types from TypeScript. */
export const compileCache = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'ringmaster');

/** One line for each step, so that nobody looks at a silent terminal. */
export function say(text) {
  process.stdout.write(`ringmaster: ${text}\n`);
}

/** Runs a command to its end with its output shown; resolves with the exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: toolEnv(), shell: windows, ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a command to its end without showing anything; resolves with the exit code and all it printed. */
export function outcome(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd: root, stdio, env: toolEnv(), shell: windows, ...options });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** Did the command end well? Says nothing. */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', env: toolEnv(), timeout: 30_000, shell: windows }).status === 0;
}

function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => filesBelow(join(path, name)));
}

/** A digest of files and folders: changes when any of them does. */
export function digest(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesBelow).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Runs `make` unless it was done for just these inputs before; the stamp is written only when it ended well. */
async function once(stamp, inputs, make) {
  const path = join(root, stamp);
  const now = digest(inputs);
  if (existsSync(path) && readFileSync(path, 'utf8') === now) return;
  await make();
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, now);
}

function fail(message) {
  say(message);
  process.exit(1);
}

/** Installs what package-lock.json names, if that was not done yet, and makes sure that Node 24 or later runs. */
export async function ensureDependencies() {
  await once(join('node_modules', '.ringmaster-installed'), ['package-lock.json'], async () => {
    say('installing dependencies (npm ci) …');
    const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: process.env });
    if (code !== 0) fail(`npm ci failed with exit code ${code}`);
  });
  const version = spawnSync('node', ['--version'], { env: toolEnv(), encoding: 'utf8', shell: windows }).stdout?.trim();
  const major = Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0);
  if (major < 24)
    fail(`needs Node 24 or later, found ${version || 'none'}: install it from https://nodejs.org and try again`);
}

/** Builds the panel if its sources changed since the last build. */
export async function ensurePanel() {
  const inputs = ['app', 'lib', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'];
  await once(join('.next', 'ringmaster-built'), inputs, async () => {
    say('building the panel (next build) …');
    const code = await run('next', ['build'], { env: toolEnv({ NODE_ENV: 'production' }) });
    if (code !== 0) fail(`next build failed with exit code ${code}`);
    // The standalone server serves what lies beside it.
    cpSync(join(root, '.next', 'static'), join(root, '.next', 'standalone', '.next', 'static'), { recursive: true });
  });
}

/** Playwright's own browsers, where it keeps them. */
function downloadedBrowsers() {
  const home = process.env.HOME ?? process.env.USERPROFILE ?? '';
  const folder =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    {
      linux: join(home, '.cache', 'ms-playwright'),
      darwin: join(home, 'Library', 'Caches', 'ms-playwright'),
      win32: join(process.env.LOCALAPPDATA ?? home, 'ms-playwright'),
    }[process.platform];
  return folder && existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('chromium')) : [];
}

/** A Chromium without the window around the page: half the processor time. Debian has it as a package. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
const CHROMIUM = '/usr/bin/chromium';

function findBrowser() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  if (downloadedBrowsers().length > 0) return 'playwright';
  const known = [HEADLESS_SHELL, CHROMIUM, '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return known.find((path) => existsSync(path)) ?? null;
}

const canInstallPackages = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs Debian packages when run as root on Debian; false where that cannot be. */
export function installPackages(packages) {
  if (!canInstallPackages()) return false;
  say(`installing ${packages.join(', ')} from the system's packages …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

/** A Chromium for the end-to-end tests: its path, 'playwright' for Playwright's own, or null if none can be had. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found !== null && found !== CHROMIUM) return found;
  // Beside Debian's Chromium, too, its headless shell is worth the few seconds.
  if (installPackages(['chromium-headless-shell'])) return findBrowser();
  if (found !== null) return found;
  if (installPackages(['chromium'])) return findBrowser();
  say('downloading a browser (playwright install chromium) …');
  await run('playwright', ['install', 'chromium']);
  return findBrowser();
}

/** Why Docker cannot be used, or null when an Engine answers. */
export function dockerMissing() {
  if (!succeeds('docker', ['--version'])) return 'the docker command is not installed';
  return succeeds('docker', ['info']) ? null : 'no Docker Engine answers';
}

/** A Python that has what the contract scripts import: its path, or null if none can be had. */
export function ensurePython() {
  const has = (path) => succeeds(path, ['-c', 'import requests, aiohttp']);
  const find = () => ['/usr/bin/python3', 'python3', 'python'].find(has) ?? null;
  const found = find();
  if (found) return found;
  return installPackages(['python3', 'python3-requests', 'python3-aiohttp']) ? find() : null;
}

const BASE_IMAGE = 'node:24-slim';

/** Makes the base image where no registry can be reached; returns why containers cannot be used, or null. */
export async function ensureServerImage() {
  if (succeeds('docker', ['image', 'inspect', BASE_IMAGE])) return null;
  say(`getting the base image ${BASE_IMAGE} …`);
  if (succeeds('docker', ['pull', '-q', BASE_IMAGE])) return null;
  const code = await run('bash', ['scripts/docker/base-image.sh', BASE_IMAGE]);
  return code === 0 ? null : `the base image ${BASE_IMAGE} can be neither pulled nor made here`;
}

/** The images of docker-compose.yml, as the suites build them. */
const IMAGES = ['app/Dockerfile', 'balancer/Dockerfile'];

/**
 * Has Docker build its images, if it has what they are made from: beside `npm ci`, which leaves a processor free. What is
 * built here the suites find built; that it can be built is for them to judge. Resolves with whether there was anything
 * to make them from.
 */
export async function startImages() {
  if (dockerMissing() !== null || !succeeds('docker', ['image', 'inspect', BASE_IMAGE])) return false;
  const env = toolEnv({ DOCKER_BUILDKIT: '0' });
  await Promise.all(IMAGES.map((file) => run('docker', ['build', '-q', '-f', file, '.'], { env, stdio: 'ignore' })));
  return true;
}
