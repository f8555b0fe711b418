/** The composition root: the only place that names concrete classes. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCertificates } from './adapters/certificates/read-certificates.ts';
import { systemClock } from './adapters/clock/system-clock.ts';
import { HttpProbe } from './adapters/probe/http-probe.ts';
import { chooseRuntime, type RuntimeWish } from './adapters/runtime/choose.ts';
import { openStore } from './adapters/store/open-store.ts';
import { HttpSender } from './adapters/webhook/http-sender.ts';
import { type AdminServer, startAdminServer } from './admin/server.ts';
import { certificateFiles, watchCertificates } from './certificates.ts';
import { accessPolicy } from './config/access-policy.ts';
import { alertingOptions } from './config/alerting-options.ts';
import { type Flags, readConfig } from './config/config.ts';
import { helpText } from './config/help.ts';
import { outlierPolicy, seatPolicy } from './config/policies.ts';
import { trafficOptions } from './config/traffic-options.ts';
import { type RunningControl, startControl } from './control/start.ts';
import { type Log, messageOf } from './core/log.ts';
import type { MetricsPage } from './core/metrics-page.ts';
import type { Runtime } from './core/ports.ts';
import type { Certificate, ListeningPlane, TrafficPlane } from './core/traffic.ts';
import { fleetId } from './fleet-id.ts';
import { containerFreezer, type Freezer, processFreezer } from './lab/experiments/freezer.ts';
import { type LaboratoryOptions, LocalLaboratory } from './lab/local-laboratory.ts';
import { createLogger } from './logger.ts';
import { privateSocket } from './private-socket.ts';
import { startTrafficPlane } from './proxy/plane.ts';
import { onStopSignal } from './stop-signal.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

function runtimeWish(flags: Flags, stateFolder: string): RuntimeWish {
  return {
    kind: flags.runtime,
    upstreams: flags.upstreams,
    image: flags.image,
    imagePort: flags['image-port'],
    command: flags.command,
    environment: flags.env,
    network: flags['docker-network'],
    memoryBytes: flags['docker-memory'],
    cpus: flags['docker-cpus'],
    address: 'auto',
    stateFolder,
    fleet: fleetId(stateFolder),
    now: systemClock.wallTime(),
  };
}

interface Balancer {
  readonly plane: ListeningPlane;
  readonly runtime: Runtime;
  readonly control: RunningControl;
  /** Ends everything in order: traffic first, replicas after it. Resolves when nothing is left. */
  stop(): Promise<void>;
}

/** What the command line says, and what was read because of it. */
interface Settings {
  readonly flags: Flags;
  readonly keyText: string;
  readonly certificates: readonly Certificate[];
}

/** Its library takes 8 MB and a tenth of the time of a start: whoever is never scraped does without. */
const metricsOnDemand: MetricsPage = {
  render: async (metrics) => (await import('./adapters/metrics/prometheus-page.ts')).prometheusPage.render(metrics),
};

/** Builds the balancer; nothing of it is left when this rejects. */
async function compose({ flags, keyText, certificates }: Settings, log: Log, stopping: AbortSignal): Promise<Balancer> {
  const stops: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const task of stops.splice(0).reverse()) await task();
  };
  try {
    const socket = privateSocket();
    stops.push(() => socket.remove());
    const plane = await startTrafficPlane(trafficOptions(flags, socket.path, certificates));
    stops.push(() => plane.stop(0));
    log.info({}, `ringmaster ${version} holds port ${plane.port}; making its replicas ready`);
    const stateFolder = resolve(flags.state ?? join('.ringmaster', String(plane.port)));
    const store = openStore(stateFolder, log, systemClock.wallTime());
    stops.push(() => store.close());
    const probe = new HttpProbe({ path: flags['health-path'] });
    stops.push(() => probe.close());
    const { runtime, reason } = await chooseRuntime(runtimeWish(flags, stateFolder), stopping);
    log.info({}, `replicas: ${reason}`);
    stops.push(() => runtime.close());
    const control = startControl({
      version,
      bootId: randomBytes(4).toString('hex'),
      startedAt: systemClock.wallTime(),
      workers: flags.workers,
      key: keyText,
      placement: flags.placement,
      seed: 1,
      replicas: runtime.kind === 'static' ? flags.upstreams.length : flags.replicas,
      policy: seatPolicy(flags),
      outlier: outlierPolicy(flags),
      runtime,
      probe,
      plane,
      store,
      clock: systemClock,
      random: Math.random,
      log,
      metricsPage: metricsOnDemand,
      alerting: { ...alertingOptions(flags), sender: new HttpSender() },
    });
    stops.push(() => control.close(flags['on-exit']));
    const watch = watchCertificates(flags, certificates, plane, control);
    stops.push(() => watch?.close());
    const policy = accessPolicy(flags);
    const laboratory = new LocalLaboratory(laboratoryOptions(flags, plane.port, stateFolder, runtime, log));
    const shared = { control: control.plane, laboratory, policy, version, clock: systemClock, log };
    const admin = await startAdminServer({ ...shared, socketPath: socket.path });
    stops.push(() => admin.close());
    stops.push(() => endTraffic(plane, admin, flags['drain-timeout']));
    stops.push(() => laboratory.close());
    return { plane, runtime, control, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where it reaches itself: experiments go the way that clients go. */
function ownOrigin(host: string, port: number): string {
  if (host === '0.0.0.0' || host === 'localhost') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** How its replicas are frozen for the kill demo; null: they run elsewhere. */
function freezerFor(runtime: Runtime): Freezer | null {
  if (runtime.kind === 'static') return null;
  return runtime.kind === 'process' ? processFreezer() : containerFreezer(runtime);
}

function laboratoryOptions(
  flags: Flags,
  port: number,
  stateFolder: string,
  runtime: Runtime,
  log: Log,
): LaboratoryOptions {
  const folder = resolve(flags.runs ?? join(flags.state ?? '.ringmaster', 'runs'));
  return {
    origin: ownOrigin(flags.host, port),
    token: flags['admin-token'],
    folder,
    schedulesFile: join(stateFolder, 'schedules.json'),
    freezer: freezerFor(runtime),
    clock: systemClock,
    log,
  };
}

/** Event streams are requests in flight that never end by themselves. */
async function endTraffic(plane: TrafficPlane, admin: AdminServer, graceMs: number): Promise<void> {
  const drained = plane.stop(graceMs);
  admin.endStreams();
  await drained;
}

function addresses(listenHost: string, { port, tlsPort }: ListeningPlane): string {
  const host = listenHost.includes(':') ? `[${listenHost}]` : listenHost;
  return `http://${host}:${port}${tlsPort === null ? '' : ` and https://${host}:${tlsPort}`}`;
}

async function run(flags: Flags, keyText: string, ignored: readonly string[]): Promise<void> {
  const log = createLogger(flags['log-level'], flags['log-format']);
  for (const name of ignored) log.warn({}, `${name} is no setting of the balancer, and ignored`);
  process.on('unhandledRejection', (error) =>
    log.error({ error: messageOf(error), stack: error instanceof Error ? error.stack : '' }, 'unhandled'),
  );
  const reading = await readCertificates(certificateFiles(flags), systemClock.wallTime());
  if (reading.kind === 'problems') fail(reading.problems);
  for (const warning of reading.warnings) log.warn({}, warning);
  const stopping = new AbortController();
  const composed = compose({ flags, keyText, certificates: reading.certificates }, log, stopping.signal);
  onStopSignal((signal) => {
    log.info({ signal }, 'stopping: requests in flight are finished first');
    stopping.abort(new Error('stopped before it had started'));
    composed
      .then(
        (balancer) => balancer.stop(),
        () => undefined,
      )
      .then(
        () => process.exit(0),
        (error) => fail([messageOf(error)]),
      );
  });
  const balancer = await composed.catch((error) => {
    if (!stopping.signal.aborted) throw error;
  });
  if (balancer === undefined) return;
  await balancer.control.open();
  log.info(
    {},
    `listening on ${addresses(flags.host, balancer.plane)} · ${balancer.runtime.kind}: ${balancer.runtime.detail}`,
  );
  if (accessPolicy(flags).changes.kind === 'closed') {
    log.warn({}, 'changing calls are refused: this listens beyond loopback without --admin-token or --admin-open');
  }
}

function fail(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`ringmaster: ${problem}\n`);
  process.exit(1);
}

/** Does what the command line asks for. */
export function main(args: readonly string[], env: NodeJS.ProcessEnv): void {
  const config = readConfig(args, env);
  switch (config.kind) {
    case 'help':
      process.stdout.write(helpText());
      break;
    case 'version':
      process.stdout.write(`ringmaster ${version}\n`);
      break;
    case 'problems':
      fail([...config.problems, 'nothing was started; --help lists the flags']);
      break;
    case 'config':
      run(config.flags, config.keyText, config.ignored).catch((error) => fail([messageOf(error)]));
      break;
  }
}
