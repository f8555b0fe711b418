import { messageOf } from '../../core/log.ts';
import type { Address, Runtime } from '../../core/ports.ts';
import type { AddressMode } from './docker/surroundings.ts';
import { sampleCommand, shellCommand } from './process/command.ts';
import { ProcessRuntime } from './process/process-runtime.ts';
import { StaticRuntime } from './static/static-runtime.ts';

/** What the operator said about replicas; what is undefined was left to us. */
export interface RuntimeWish {
  readonly kind: 'auto' | 'process' | 'docker' | 'static';
  readonly upstreams: readonly Address[];
  readonly image: string | undefined;
  readonly imagePort: number;
  readonly command: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly network: string;
  /** Per replica; 0: no limit. */
  readonly memoryBytes: number;
  /** Cores per replica; 0: no limit. */
  readonly cpus: number;
  readonly address: AddressMode;
  readonly stateFolder: string;
  readonly fleet: string;
  /** Wall time, ms. */
  readonly now: number;
}

export interface RuntimeChoice {
  /** Prepared: `start` can work. */
  readonly runtime: Runtime;
  /** Which it is and why, in words for people. */
  readonly reason: string;
}

/** A first start may build the sample image and pull its base; without an answer by then, processes are at hand. */
const AUTO_LIMIT_MS = 180_000;

/**
 * Makes the runtime asked for and prepares it; rejects with a RuntimeError when that cannot be. `auto` takes fixed
 * upstreams, an image or a command at their word; without any it tries Docker, and falls back on processes.
 */
export async function chooseRuntime(wish: RuntimeWish, signal: AbortSignal): Promise<RuntimeChoice> {
  const kind = wish.kind === 'auto' ? impliedKind(wish) : wish.kind;
  if (kind === null) return dockerOrProcesses(wish, signal);
  const runtime = await createRuntime(kind, wish);
  await prepared(runtime, signal);
  return { runtime, reason: wish.kind === 'auto' ? `${kind}, as the flags imply` : `${kind}, as asked for` };
}

function impliedKind(wish: RuntimeWish): Runtime['kind'] | null {
  if (wish.upstreams.length > 0) return 'static';
  if (wish.image !== undefined) return 'docker';
  return wish.command === undefined ? null : 'process';
}

async function dockerOrProcesses(wish: RuntimeWish, signal: AbortSignal): Promise<RuntimeChoice> {
  const docker = await createRuntime('docker', wish);
  try {
    await prepared(docker, AbortSignal.any([signal, AbortSignal.timeout(AUTO_LIMIT_MS)]));
    return { runtime: docker, reason: 'docker, as an Engine answers and the image is there' };
  } catch (error) {
    signal.throwIfAborted();
    const processes = await createRuntime('process', wish);
    await prepared(processes, signal);
    return { runtime: processes, reason: `processes, as containers cannot be had: ${messageOf(error)}` };
  }
}

async function prepared(runtime: Runtime, signal: AbortSignal): Promise<void> {
  try {
    await runtime.prepare(signal);
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

async function createRuntime(kind: Runtime['kind'], wish: RuntimeWish): Promise<Runtime> {
  const { environment, fleet, stateFolder, network, memoryBytes, cpus, address } = wish;
  switch (kind) {
    case 'static':
      return new StaticRuntime(wish.upstreams, wish.now);
    case 'process': {
      const command = wish.command === undefined ? sampleCommand() : shellCommand(wish.command);
      return new ProcessRuntime({ command, environment, stateFolder, fleet });
    }
    case 'docker': {
      // Its library is a third of what there is to load: whoever needs no containers starts without it.
      const { DockerRuntime } = await import('./docker/docker-runtime.ts');
      const image = wish.image ?? null;
      return new DockerRuntime({
        image,
        port: wish.imagePort,
        environment,
        network,
        memoryBytes,
        cpus,
        fleet,
        address,
      });
    }
  }
}
