import { randomBytes } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import type { InstanceSpec } from '../../../core/ports.ts';

export const FLEET_LABEL = 'ringmaster.fleet';
export const REPLICA_LABEL = 'ringmaster.replica';
export const SEAT_LABEL = 'ringmaster.seat';
const INTERIM = '.new-';
const STANDBY = '.standby-';

/** What every replica container of a fleet has in common. */
export interface ContainerSettings {
  readonly fleet: string;
  readonly image: string;
  readonly network: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** 0: no limit. */
  readonly memoryBytes: number;
  /** Cores, may be 0.5; 0: no limit. */
  readonly cpus: number;
  /** The address its port is published on; null: it is reached by its own address. */
  readonly publishOn: string | null;
  /** The compose project the balancer belongs to, so that `down --remove-orphans` finds its replicas. */
  readonly composeProject: string | null;
}

/**
 * A container's name is the replica's, but Docker wants two characters or more. The replica's own name stays its
 * hostname and its name in the network's DNS.
 */
export function containerName(replica: string): string {
  return replica.length > 1 ? replica : `${replica}_`;
}

/** The name of a dead container whose successor took its own. */
export function asideName(name: string, id: string): string {
  return `${name}.old-${id.slice(0, 12)}`;
}

/** The name of a new container until its dead predecessor has given up the right one. */
export function interimName(name: string): string {
  return `${name}${INTERIM}${randomBytes(4).toString('hex')}`;
}

/**
 * The name of a standby, and what tells that it is one: labels cannot be changed when it is promoted. It is its hostname
 * too, for Docker's DNS answers with whoever has a hostname, and that cannot be changed either.
 */
export function standbyName(name: string): string {
  return `${name}${STANDBY}${randomBytes(4).toString('hex')}`;
}

export function isStandby(container: string, labels: Readonly<Record<string, string>>): boolean {
  return container.startsWith(containerName(labels[REPLICA_LABEL] ?? container) + STANDBY);
}

/** The replica's name while the container bears it; else the container's, which was moved aside or renamed by hand. */
export function replicaName(container: string, labels: Readonly<Record<string, string>>): string {
  const replica = labels[REPLICA_LABEL] ?? container;
  const name = containerName(replica);
  const isOwn = container === name || [INTERIM, STANDBY].some((mark) => container.startsWith(name + mark));
  return isOwn ? replica : container;
}

/** `name`: the container's, which may be an interim one. */
export function containerOptions(
  settings: ContainerSettings,
  spec: InstanceSpec,
  name = containerName(spec.name),
): ContainerCreateOptions {
  const { image, network, port, environment } = settings;
  const portKey = `${port}/tcp`;
  const variables = { ...environment, PORT: String(port), SERVER_ID: spec.name };
  return {
    name,
    Image: image,
    Hostname: spec.standby === true ? name : spec.name,
    Env: Object.entries(variables).map(([key, value]) => `${key}=${value}`),
    Labels: labelsOf(settings, spec),
    ExposedPorts: { [portKey]: {} },
    // The balancer probes; an image's own check would only start a process every few seconds.
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: network,
      // Without an init, a program that ignores SIGTERM as process 1 waits out every grace period.
      Init: true,
      // Recovery is the balancer's; a second party restarting things would make two of each.
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
      ...limitsOf(settings),
      ...(settings.publishOn === null
        ? {}
        : { PortBindings: { [portKey]: [{ HostIp: settings.publishOn, HostPort: '' }] } }),
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: aliasesOf(spec) } } },
  };
}

/** A paused standby must not be found by who asks the network for the replica; its container's name will do later. */
function aliasesOf({ name, standby = false }: InstanceSpec): string[] {
  return standby ? [] : [name];
}

function limitsOf({ memoryBytes, cpus }: ContainerSettings): object {
  const memory = memoryBytes > 0 ? { Memory: memoryBytes, MemorySwap: memoryBytes } : {};
  return cpus > 0 ? { ...memory, NanoCpus: Math.round(cpus * 1e9) } : memory;
}

function labelsOf(settings: ContainerSettings, spec: InstanceSpec): Record<string, string> {
  const labels = {
    [FLEET_LABEL]: settings.fleet,
    [REPLICA_LABEL]: spec.name,
    [SEAT_LABEL]: String(spec.seat),
  };
  if (settings.composeProject === null) return labels;
  return {
    ...labels,
    'com.docker.compose.project': settings.composeProject,
    'com.docker.compose.service': 'replica',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.container-number': String(spec.seat),
    // Compose v2 looks only at containers that have one.
    'com.docker.compose.config-hash': 'ringmaster',
  };
}
