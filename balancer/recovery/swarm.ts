import { Engine } from '../adapters/runtime/docker/engine.ts';
import { docker, isHealthy } from './containers.ts';
import { type Contender, type Recovery, sleep, until } from './contender.ts';

const REPLICAS = 3;
const LIMIT_MS = 30_000;
const SERVICE = 'ringmaster-recovery';

interface Task {
  readonly id: string;
  readonly port: number;
}

/** A Swarm of this one machine; null when the Engine is part of one already, which is not ours to leave. */
export async function startSwarm(): Promise<{ leave(): Promise<void> } | null> {
  if ((await docker('info', '--format', '{{.Swarm.LocalNodeState}}')) !== 'inactive') return null;
  const bridgeBefore = await gatewayBridge();
  await docker('swarm', 'init', '--advertise-addr', '127.0.0.1', '--listen-addr', '127.0.0.1');
  return {
    leave: async () => {
      await docker('swarm', 'leave', '--force');
      if (bridgeBefore === '') await docker('network', 'rm', 'docker_gwbridge');
    },
  };
}

/** The network that a Swarm makes, and leaves behind when it is left. */
function gatewayBridge(): Promise<string> {
  return docker('network', 'ls', '-q', '--filter', 'name=^docker_gwbridge$');
}

/** A service of three tasks with ports of the host: without Swarm's own load balancer, which would only add to it. */
export async function startService(image: string, delay: '0s' | 'default'): Promise<Contender> {
  const engine = new Engine();
  const waiting = delay === 'default' ? [] : ['--restart-delay', delay];
  const publish = ['--publish', 'mode=host,target=5000'];
  const rest = ['--env', 'PORT=5000', '--init', '--no-resolve-image', '--detach', image];
  await docker('service', 'create', '--name', SERVICE, '--replicas', String(REPLICAS), ...publish, ...waiting, ...rest);
  const stop = async (): Promise<void> => {
    await docker('service', 'rm', SERVICE);
    await until(async () => ((await listTasks(engine)).length === 0 ? true : null), LIMIT_MS, 100);
  };
  const first = await until(() => healthyTasks(engine, ''), LIMIT_MS, 50);
  const bystander = first?.[0];
  if (bystander === undefined) {
    await stop();
    throw new Error('the Swarm service did not become healthy');
  }
  const round = async (number: number): Promise<Recovery> => {
    const tasks = (await healthyTasks(engine, '')) ?? [];
    const others = tasks.filter(({ id }) => id !== bystander.id);
    const victim = others[number % others.length];
    if (victim === undefined) throw new Error('no task to kill');
    const at = performance.now();
    await engine.docker.getContainer(victim.id).kill();
    const back = async (): Promise<number | null> =>
      (await healthyTasks(engine, victim.id)) === null ? null : performance.now() - at;
    const backMs = await until(back, LIMIT_MS);
    await sleep(500);
    return { noticedMs: null, outOfRotationMs: null, backMs, lists: null };
  };
  const name = `Swarm service, restart delay ${delay === 'default' ? '5s (its default)' : delay}`;
  return { name, origin: `http://127.0.0.1:${bystander.port}`, round, stop };
}

/** All tasks, if there are as many as there should be without `dead`, and all answer. */
async function healthyTasks(engine: Engine, dead: string): Promise<readonly Task[] | null> {
  const tasks = (await listTasks(engine)).filter(({ id, port }) => id !== dead && port > 0);
  if (tasks.length < REPLICAS) return null;
  const healthy = await Promise.all(tasks.map(({ port }) => isHealthy('127.0.0.1', port)));
  return healthy.every(Boolean) ? tasks : null;
}

async function listTasks(engine: Engine): Promise<readonly Task[]> {
  const filters = JSON.stringify({ label: [`com.docker.swarm.service.name=${SERVICE}`], status: ['running'] });
  const containers = await engine.docker.listContainers({ filters });
  return containers.map(({ Id, Ports }) => ({ id: Id, port: Ports.find((port) => port.PublicPort)?.PublicPort ?? 0 }));
}
