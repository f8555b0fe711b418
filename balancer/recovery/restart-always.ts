import { Engine } from '../adapters/runtime/docker/engine.ts';
import { docker, isHealthy, untilHealthy } from './containers.ts';
import { type Contender, type Recovery, sleep, until } from './contender.ts';

const LIMIT_MS = 10_000;
const NEVER_MS = 4_000;
const PORT = 5000;

/**
 * Docker's own `--restart always`. Its delay starts at 100 ms and doubles with each crash, so every round has a new
 * container: its best case. After `docker kill` it does nothing, by design.
 */
export async function startRestartAlways(image: string, fault: 'docker kill' | 'SIGKILL'): Promise<Contender> {
  const engine = new Engine();
  const run = async (): Promise<{ id: string; host: string }> => {
    const id = await docker('run', '-d', '--init', '--restart', 'always', '-e', `PORT=${PORT}`, image);
    const host = await addressOf(id);
    await untilHealthy(host, PORT);
    return { id, host };
  };
  const addressOf = async (id: string): Promise<string> => {
    const { NetworkSettings } = await engine.docker.getContainer(id).inspect();
    return NetworkSettings.Networks['bridge']?.IPAddress ?? '';
  };
  const bystander = await run();
  const round = async (): Promise<Recovery> => {
    const victim = await run();
    await sleep(500);
    const { State } = await engine.docker.getContainer(victim.id).inspect();
    const at = performance.now();
    if (fault === 'SIGKILL') process.kill(State.Pid, 'SIGKILL');
    else await engine.docker.getContainer(victim.id).kill();
    const back = async (): Promise<number | null> => {
      const { State: now } = await engine.docker.getContainer(victim.id).inspect();
      if (!now.Running || now.Pid === State.Pid) return null;
      return (await isHealthy(await addressOf(victim.id), PORT)) ? performance.now() - at : null;
    };
    const backMs = await until(back, fault === 'SIGKILL' ? LIMIT_MS : NEVER_MS);
    await docker('rm', '-f', victim.id);
    return { noticedMs: null, outOfRotationMs: null, backMs, lists: null };
  };
  return {
    name: `docker run --restart always, ${fault}`,
    origin: `http://${bystander.host}:${PORT}`,
    round,
    stop: async () => {
      await docker('rm', '-f', bystander.id);
    },
  };
}
