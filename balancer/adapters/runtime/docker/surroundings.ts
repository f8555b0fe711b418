import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import type { Engine } from './engine.ts';
import { statusOf } from './engine-error.ts';

const engineInfo = z.object({
  ServerVersion: z.string(),
  MemTotal: z.number(),
  OperatingSystem: z.string(),
  SecurityOptions: z.array(z.string()).nullish(),
});

/** How replicas are reached. `auto`: by their own address where that can be routed to, else through a loopback port. */
export type AddressMode = 'container' | 'published' | 'auto';

/** What the balancer has to know of the Engine and of itself before it starts replicas. */
export interface Surroundings {
  readonly engineVersion: string;
  readonly machineBytes: number;
  /** The address ports are published on; null: replicas are reached by their own. */
  readonly publishOn: string | null;
  readonly composeProject: string | null;
  /** The balancer's own container, when it runs in one of this Engine. */
  readonly ownContainer: { readonly id: string; readonly networks: readonly string[] } | null;
}

export async function survey(engine: Engine, mode: AddressMode, signal: AbortSignal): Promise<Surroundings> {
  const [answer, own] = await Promise.all([
    engine.call('asking what Docker can do', signal, (abortSignal) => engine.request('GET', '/info', abortSignal)),
    findOwnContainer(engine, signal),
  ]);
  const info = engineInfo.parse(answer);
  const routable = own !== null || isRoutable(engine, info);
  const published = mode === 'published' || (mode === 'auto' && !routable);
  return {
    engineVersion: info.ServerVersion,
    machineBytes: info.MemTotal,
    publishOn: published ? (engine.remoteHost === null ? '127.0.0.1' : '0.0.0.0') : null,
    composeProject: own?.project ?? null,
    ownContainer: own,
  };
}

/** Containers of a remote Engine, of Docker Desktop's virtual machine and of a rootless Engine are out of our reach. */
function isRoutable(engine: Engine, info: z.infer<typeof engineInfo>): boolean {
  const rootless = (info.SecurityOptions ?? []).some((option) => option.includes('rootless'));
  const desktop = info.OperatingSystem.includes('Docker Desktop');
  return process.platform === 'linux' && engine.remoteHost === null && !rootless && !desktop;
}

interface OwnContainer {
  readonly id: string;
  readonly networks: readonly string[];
  readonly project: string | null;
}

/** A container's hostname is its id unless somebody chose another. */
async function findOwnContainer(engine: Engine, signal: AbortSignal): Promise<OwnContainer | null> {
  if (!existsSync('/.dockerenv')) return null;
  try {
    const own = await engine.call('looking at ourselves', signal, (abortSignal) =>
      engine.docker.getContainer(hostname()).inspect({ abortSignal }),
    );
    const project = own.Config.Labels?.['com.docker.compose.project'] ?? null;
    return { id: own.Id, networks: Object.keys(own.NetworkSettings.Networks), project };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
