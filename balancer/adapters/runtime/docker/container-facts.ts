import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import type { Address, Instance, InstanceState } from '../../../core/ports.ts';
import { isStandby, replicaName, SEAT_LABEL } from './container-spec.ts';

/** How a replica of this fleet is reached. */
export interface Reach {
  readonly network: string;
  readonly port: number;
  readonly publishOn: string | null;
  /** Where published ports are when the Engine is elsewhere. */
  readonly remoteHost: string | null;
}

export function instanceOf(container: ContainerInspectInfo, reach: Reach): Instance {
  const labels = container.Config.Labels ?? {};
  const { State } = container;
  const state = stateOf(State.Status);
  const name = withoutSlash(container.Name);
  return {
    id: container.Id,
    name: replicaName(name, labels),
    seat: Number(labels[SEAT_LABEL] ?? 0),
    address: state === 'exited' ? { host: '', port: reach.port } : addressOf(container, reach),
    state,
    standby: isStandby(name, labels),
    origin: container.Config.Image,
    pid: State.Pid > 0 ? State.Pid : null,
    startedAt: Date.parse(State.StartedAt),
  };
}

/** What a listing says of a container that does not run: enough to remove it. */
export function endedInstance(container: ContainerInfo, port: number): Instance {
  const name = withoutSlash(container.Names[0] ?? '');
  return {
    id: container.Id,
    name: replicaName(name, container.Labels),
    seat: Number(container.Labels[SEAT_LABEL] ?? 0),
    address: { host: '', port },
    state: 'exited',
    standby: isStandby(name, container.Labels),
    origin: container.Image,
    pid: null,
    startedAt: container.Created * 1000,
  };
}

export function stateOf(status: string): InstanceState {
  if (status === 'paused') return 'paused';
  return status === 'running' || status === 'restarting' ? 'running' : 'exited';
}

function addressOf(container: ContainerInspectInfo, reach: Reach): Address {
  if (reach.publishOn === null) {
    return { host: container.NetworkSettings.Networks[reach.network]?.IPAddress ?? '', port: reach.port };
  }
  const published = container.NetworkSettings.Ports[`${reach.port}/tcp`]?.[0]?.HostPort;
  return { host: reach.remoteHost ?? reach.publishOn, port: Number(published ?? 0) };
}

function withoutSlash(name: string): string {
  return name.replace(/^\//, '');
}
