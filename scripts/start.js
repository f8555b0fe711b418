// `npm start`: sets everything up, then serves the balancer on 5000 and the panel on 3000 until it is stopped.
// Flags go to the balancer (`npm start -- --replicas 5`); RINGMASTER_PORT and PANEL_PORT move the ports.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { stopWithNpm } from '../balancer/stop-with-npm.js';
import { compileCache, ensureDependencies, ensurePanel, root, say, toolEnv } from './machine.js';

/** A request leaves little behind: with the usual 16 MB for what is new each thread would hold 10 MB of nothing. */
const YOUNG_GENERATION = '--max-semi-space-size=2';

const flags = process.argv.slice(2);
const { values } = parseArgs({
  args: flags,
  strict: false,
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    'admin-token': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
  },
});
const balancerPort = String(values.port ?? process.env.RINGMASTER_PORT ?? 5000);
const panelPort = String(process.env.PANEL_PORT ?? 3000);
const panelUrl = `http://localhost:${panelPort}`;

/** Resolves with the reason why a port cannot be listened on, or null. */
function portProblem(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code === 'EADDRINUSE' ? 'is in use' : error.message));
    probe.listen(Number(port), '127.0.0.1', () => probe.close(() => resolve(null)));
  });
}

async function requirePorts() {
  for (const [port, change] of [
    [balancerPort, '-- --port N'],
    [panelPort, 'with PANEL_PORT=N'],
  ]) {
    const problem = await portProblem(port);
    if (!problem) continue;
    say(`port ${port} ${problem}: stop what listens there, or choose another (npm start ${change})`);
    process.exit(1);
  }
}

/** Resolves once the address answers with a status below 500, or rejects when `gone` says that nobody will. */
async function answers(url, gone) {
  for (;;) {
    if (gone()) throw new Error(`stopped before ${url} answered`);
    const status = await fetch(url).then(
      (r) => r.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function service(name, command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: toolEnv(env),
    detached: process.platform !== 'win32',
  });
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(`${name} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => resolve(`${name} ended (${signal ?? `exit code ${code}`})`));
  });
  const handle = { name, child, ended, gone: false };
  void ended.then(() => {
    handle.gone = true;
  });
  return handle;
}

async function stopAll(services) {
  for (const { child, gone } of services) if (!gone) child.kill('SIGTERM');
  const deadline = setTimeout(() => {
    for (const { child, gone } of services) if (!gone) child.kill('SIGKILL');
  }, 40_000);
  await Promise.all(services.map((s) => s.ended));
  clearTimeout(deadline);
}

async function serve() {
  await requirePorts();
  stopWithNpm('start');
  say('starting the balancer …');
  const balancer = service('the balancer', 'node', [YOUNG_GENERATION, 'balancer/main.js', ...flags], {
    NODE_COMPILE_CACHE: compileCache,
    // What is posted of an alert links to it there; --panel-url, a flag, goes before it.
    RINGMASTER_PANEL_URL: process.env.RINGMASTER_PANEL_URL || panelUrl,
  });
  const services = [balancer];
  const stopped = new Promise((resolve) => {
    for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(s, () => resolve(null));
  });
  const ready = (async () => {
    await answers(`http://127.0.0.1:${balancerPort}/_ring/readyz`, () => balancer.gone);
    const panel = service('the panel', 'node', [YOUNG_GENERATION, '.next/standalone/server.js'], {
      NODE_COMPILE_CACHE: compileCache,
      PORT: panelPort,
      HOSTNAME: '127.0.0.1',
      BALANCER_URL: `http://127.0.0.1:${balancerPort}`,
      NODE_ENV: 'production',
      ...(values['admin-token'] ? { RINGMASTER_ADMIN_TOKEN: String(values['admin-token']) } : {}),
    });
    services.push(panel);
    await answers(`http://127.0.0.1:${panelPort}/api/health`, () => panel.gone);
    say(`ready: requests to http://localhost:${balancerPort}/home, the panel at ${panelUrl} (Ctrl+C stops both)`);
    return panel.ended;
  })().catch((error) => error.message);
  const reason = await Promise.race([stopped, balancer.ended, ready]);
  if (reason) say(`${reason}: stopping`);
  else say('stopping …');
  await stopAll(services);
  process.exit(reason ? 1 : 0);
}

await ensureDependencies();
if (values.help || values.version) {
  const { run } = await import('./machine.js');
  process.exit(
    await run('node', ['balancer/main.js', ...flags], { env: toolEnv({ NODE_COMPILE_CACHE: compileCache }) }),
  );
}
await ensurePanel();
await serve();
