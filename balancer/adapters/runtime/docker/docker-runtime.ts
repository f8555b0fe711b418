import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import type { Instance, InstanceSpec, LogLine, LogQuery, Runtime, RuntimeEvent } from '../../../core/ports.ts';
import type { Resources } from '../../../core/resources.ts';
import { RuntimeError } from '../../../core/runtime-error.ts';
import { endedInstance, instanceOf, type Reach, stateOf } from './container-facts.ts';
import { FLEET_LABEL } from './container-spec.ts';
import { ContainerStarter } from './container-starter.ts';
import { readLogs, readStats } from './container-streams.ts';
import { EndedNames } from './ended-names.ts';
import { Engine } from './engine.ts';
import { ignoreStatus, statusOf } from './engine-error.ts';
import { EventWatch } from './event-watch.ts';
import { ensureImage } from './image.ts';
import { ensureNetwork, removeIdleNetwork } from './network.ts';
import { ensureSampleImage, sampleImage } from './sample-image.ts';
import { type AddressMode, type Surroundings, survey } from './surroundings.ts';

export interface DockerRuntimeOptions {
  /** Null: the sample replica, built when its image is missing. */
  readonly image: string | null;
  /** The port the image listens on; given to it as PORT. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly network: string;
  /** Per replica; 0: no limit. */
  readonly memoryBytes: number;
  /** Cores per replica, may be 0.5; 0: no limit. */
  readonly cpus: number;
  /** Tells the replicas of several balancers apart. */
  readonly fleet: string;
  readonly address: AddressMode;
  /** Another socket than DOCKER_HOST's or the usual one. */
  readonly socketPath?: string;
}

const STOP_MARGIN_MS = 10_000;
const CLOSE_LIMIT_MS = 3_000;
const CONTAINER_ID = /^[0-9a-f]{64}$/;

/** Replicas are containers on a network of their own, found again by their labels. */
export class DockerRuntime implements Runtime {
  readonly kind = 'docker';
  readonly abilities = { lifecycle: true, pause: true, standby: true, logs: true, stats: true };
  readonly #options: DockerRuntimeOptions;
  readonly #engine: Engine;
  readonly #image: string;
  /** What an inspection told of a running container; dropped when it may have changed. */
  readonly #facts = new Map<string, Instance>();
  readonly #restarting = new Set<string>();
  readonly #endedNames: EndedNames;
  #surroundings: Surroundings | null = null;
  #starter: ContainerStarter | null = null;

  constructor(options: DockerRuntimeOptions) {
    this.#options = options;
    this.#engine = new Engine(options.socketPath === undefined ? {} : { socketPath: options.socketPath });
    this.#endedNames = new EndedNames(this.#engine);
    this.#image = options.image ?? sampleImage();
  }

  get detail(): string {
    const version = this.#surroundings === null ? '' : ` ${this.#surroundings.engineVersion}`;
    return `Docker${version}, network ${this.#options.network}, image ${this.#image}`;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    const engine = this.#engine;
    const down = await engine.ping(signal);
    if (down !== null) throw new RuntimeError('unreachable', down);
    // Side by side: each is a few calls, and a restarted balancer is in a hurry to adopt what runs.
    await Promise.all([this.#ensureImage(signal), this.#ensureNetwork(signal)]);
  }

  async start(spec: InstanceSpec, signal: AbortSignal): Promise<Instance> {
    const starter = await this.#ready(signal);
    const nameIsFree = spec.standby === true ? null : this.#endedNames.free(spec.name, signal);
    const instance = await starter.start(spec, nameIsFree, signal);
    this.#facts.set(instance.id, instance);
    return instance;
  }

  async stop(id: string, graceMs: number, signal: AbortSignal): Promise<void> {
    const container = await this.#own(id, signal);
    const t = Math.ceil(graceMs / 1000);
    await this.#engine
      .call('stopping', signal, (abortSignal) => container.stop({ t, abortSignal }), graceMs + STOP_MARGIN_MS)
      .catch(ignoreStatus(304));
  }

  async kill(id: string, signal: AbortSignal): Promise<void> {
    const container = await this.#own(id, signal);
    await this.#engine.call('killing', signal, (abortSignal) => container.kill({ abortSignal }));
  }

  async pause(id: string, signal: AbortSignal): Promise<void> {
    const container = await this.#own(id, signal);
    await this.#engine.call('pausing', signal, (abortSignal) => container.pause({ abortSignal }));
  }

  async unpause(id: string, signal: AbortSignal): Promise<void> {
    const container = await this.#own(id, signal);
    await this.#engine.call('unpausing', signal, (abortSignal) => container.unpause({ abortSignal }));
  }

  async promote(id: string, signal: AbortSignal): Promise<Instance> {
    const starter = await this.#ready(signal);
    await this.unpause(id, signal).catch(async (error) => {
      // It may have been unpaused by hand, or by a balancer that then died.
      if (statusOf(error) === undefined || (await this.#inspect(id, signal)).state !== 'running') throw error;
    });
    const promoted = this.#facts.get(id) ?? (await this.#inspect(id, signal));
    const instance: Instance = { ...promoted, state: 'running', standby: false };
    this.#facts.set(id, instance);
    void starter.takeName(id, instance.name, this.#endedNames.free(instance.name, signal));
    return instance;
  }

  async restart(id: string, graceMs: number, signal: AbortSignal): Promise<Instance> {
    const container = await this.#own(id, signal);
    this.#restarting.add(id);
    this.#facts.delete(id);
    try {
      const t = Math.ceil(graceMs / 1000);
      const limitMs = graceMs + 2 * STOP_MARGIN_MS;
      await this.#engine.call('restarting', signal, (abortSignal) => container.restart({ t, abortSignal }), limitMs);
      return await this.#inspect(id, signal);
    } finally {
      this.#restarting.delete(id);
    }
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    if (!(await this.#exists(id, signal))) return;
    const container = this.#engine.docker.getContainer(id);
    await this.#endedNames.remove(id, () =>
      this.#engine
        .call('removing', signal, (abortSignal) => container.remove({ force: true, v: true, abortSignal }))
        // 409: it is being removed at this moment.
        .catch(ignoreStatus(404, 409)),
    );
    this.#facts.delete(id);
  }

  async list(signal: AbortSignal): Promise<readonly Instance[]> {
    const starter = await this.#ready(signal);
    const filters = JSON.stringify({ label: [`${FLEET_LABEL}=${this.#options.fleet}`] });
    const containers = await this.#engine.call('listing', signal, (abortSignal) =>
      this.#engine.docker.listContainers({ all: true, filters, abortSignal }),
    );
    const settled = containers.filter(({ Id, State }) => State !== 'removing' && !starter.isStarting(Id));
    const instances = await Promise.all(settled.map((container) => this.#view(container, signal)));
    return instances.filter((instance) => instance !== null);
  }

  async watch(onEvent: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<void> {
    const watch = new EventWatch(
      {
        engine: this.#engine,
        fleet: this.#options.fleet,
        onEvent,
        accept: ({ Action, Actor, timeNano }) =>
          this.#accept(Action, Actor.ID, Actor.Attributes['name'], timeNano / 1e6),
      },
      Date.now(),
    );
    await watch.run(signal);
  }

  async *logs(id: string, query: LogQuery, signal: AbortSignal): AsyncIterable<LogLine> {
    yield* readLogs(this.#engine, await this.#own(id, signal), query, signal);
  }

  async *stats(id: string, signal: AbortSignal): AsyncIterable<Resources> {
    await this.#own(id, signal);
    const machineBytes = this.#surroundings?.machineBytes ?? Number.POSITIVE_INFINITY;
    yield* readStats(this.#engine, id, machineBytes, signal);
  }

  async close(): Promise<void> {
    if (this.#surroundings === null) return;
    await removeIdleNetwork(this.#engine, this.#options.network, AbortSignal.timeout(CLOSE_LIMIT_MS));
  }

  #ensureImage(signal: AbortSignal): Promise<void> {
    if (this.#options.image === null) return ensureSampleImage(this.#engine, this.#image, signal);
    return ensureImage(this.#engine, this.#image, signal);
  }

  async #ensureNetwork(signal: AbortSignal): Promise<void> {
    await this.#ready(signal);
    await ensureNetwork(this.#engine, this.#options.network, this.#surroundings?.ownContainer ?? null, signal);
  }

  /** Learns once what kind of Engine this is. */
  async #ready(signal: AbortSignal): Promise<ContainerStarter> {
    if (this.#starter !== null) return this.#starter;
    const { fleet, network, port, environment, memoryBytes, cpus, address } = this.#options;
    const surroundings = await survey(this.#engine, address, signal);
    this.#surroundings = surroundings;
    const { publishOn, composeProject, ownContainer } = surroundings;
    const settings = {
      fleet,
      image: this.#image,
      network,
      port,
      environment,
      memoryBytes,
      cpus,
      publishOn,
      composeProject,
    };
    this.#starter ??= new ContainerStarter({
      engine: this.#engine,
      settings,
      reach: this.#reach(),
      hasEnded: (id) => this.#endedNames.has(id),
      mend: (mendSignal) => ensureNetwork(this.#engine, network, ownContainer, mendSignal),
    });
    return this.#starter;
  }

  #reach(): Reach {
    const { network, port } = this.#options;
    return { network, port, publishOn: this.#surroundings?.publishOn ?? null, remoteHost: this.#engine.remoteHost };
  }

  /** The container, if it is one of this fleet's; others are none of our business. */
  async #own(id: string, signal: AbortSignal): Promise<ReturnType<Engine['docker']['getContainer']>> {
    if (!(await this.#exists(id, signal))) throw new RuntimeError('not-found', `No replica container ${id}`);
    return this.#engine.docker.getContainer(id);
  }

  async #exists(id: string, signal: AbortSignal): Promise<boolean> {
    if (this.#facts.has(id)) return true;
    if (!CONTAINER_ID.test(id)) return false;
    try {
      const { Config } = await this.#look(id, signal);
      return Config.Labels?.[FLEET_LABEL] === this.#options.fleet;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  #look(id: string, signal: AbortSignal): Promise<ContainerInspectInfo> {
    const container = this.#engine.docker.getContainer(id);
    return this.#engine.call('looking at a replica', signal, (abortSignal) => container.inspect({ abortSignal }));
  }

  async #inspect(id: string, signal: AbortSignal): Promise<Instance> {
    const instance = instanceOf(await this.#look(id, signal), this.#reach());
    if (instance.state !== 'exited') this.#facts.set(id, instance);
    return instance;
  }

  /** Null when it went away between the listing and the look. */
  async #view(container: ContainerInfo, signal: AbortSignal): Promise<Instance | null> {
    const state = stateOf(container.State);
    if (state === 'exited') return endedInstance(container, this.#options.port);
    const known = this.#facts.get(container.Id);
    const address = container.NetworkSettings?.Networks[this.#options.network]?.IPAddress;
    const moved = this.#reach().publishOn === null && known !== undefined && known.address.host !== address;
    if (known !== undefined && !moved) return { ...known, state };
    try {
      return await this.#inspect(container.Id, signal);
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  /** Keeps our knowledge up to date; false for the end of a container that runs again. */
  #accept(action: string, id: string, name: string | undefined, atMs: number): boolean {
    if (action === 'start') this.#endedNames.forget(id);
    if (action !== 'die') return true;
    const startedAt = this.#facts.get(id)?.startedAt ?? 0;
    if (this.#restarting.has(id) || atMs < startedAt) return false;
    this.#facts.delete(id);
    if (name !== undefined) this.#endedNames.ended(name, id);
    return true;
  }
}
