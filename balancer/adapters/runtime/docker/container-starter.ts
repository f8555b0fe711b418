import { availableParallelism } from 'node:os';
import type { Instance, InstanceSpec } from '../../../core/ports.ts';
import { RuntimeError } from '../../../core/runtime-error.ts';
import { pause } from '../waiting.ts';
import { instanceOf, type Reach } from './container-facts.ts';
import {
  asideName,
  type ContainerSettings,
  containerName,
  containerOptions,
  FLEET_LABEL,
  interimName,
  standbyName,
} from './container-spec.ts';
import type { Engine } from './engine.ts';
import { statusOf } from './engine-error.ts';
import { describeExit } from './event-stream.ts';
import { LogFrames } from './log-frames.ts';
import { Turns } from './turns.ts';

export interface StarterParts {
  readonly engine: Engine;
  readonly settings: ContainerSettings;
  readonly reach: Reach;
  /** Puts right what is missing outside of the container: the network. */
  readonly mend: (signal: AbortSignal) => Promise<void>;
  /** Did an event tell of its end? */
  readonly hasEnded: (id: string) => boolean;
}

/** More at once only makes each slower: starting containers keeps the Engine's processor busy. */
const AT_ONCE = Math.max(4, 2 * availableParallelism());
const CLEAN_UP_LIMIT_MS = 10_000;
/** A rename that nothing stands in the way of takes 5 ms. */
const FREE_SOON_MS = 15;
/** A predecessor that was killed a moment ago holds its name until the Engine has cleaned up. */
const NAME_TRIES = 20;
const NAME_RETRY_MS = 500;

type Container = ReturnType<Engine['docker']['getContainer']>;

/** Creates, starts and inspects: three calls for a replica, whatever else may be in the way. */
export class ContainerStarter {
  readonly #parts: StarterParts;
  readonly #turns = new Turns(AT_ONCE);
  readonly #starting = new Set<string>();
  /** Names whose start got no answer: what bears them now may be its work. */
  readonly #unanswered = new Set<string>();

  constructor(parts: StarterParts) {
    this.#parts = parts;
  }

  isStarting(id: string): boolean {
    return this.#starting.has(id);
  }

  /** `nameIsFree`: when a dead predecessor has given up the name; null when none bears it. */
  start(spec: InstanceSpec, nameIsFree: Promise<void> | null, signal: AbortSignal): Promise<Instance> {
    nameIsFree?.catch(() => {});
    return this.#turns.run(signal, async () => {
      try {
        const instance = await this.#startNow(spec, nameIsFree, signal);
        this.#unanswered.delete(spec.name);
        return instance;
      } catch (error) {
        if (error instanceof RuntimeError && error.code === 'unreachable') this.#unanswered.add(spec.name);
        throw error;
      }
    });
  }

  /** An abort waits for the call under way: a request given up half-way could leave a container nobody knows of. */
  async #startNow(spec: InstanceSpec, nameIsFree: Promise<void> | null, signal: AbortSignal): Promise<Instance> {
    const wanted = spec.standby === true ? nameOfStandby(spec) : await this.#nameNow(spec.name, nameIsFree);
    const { container, name } = await this.#create(spec, wanted);
    this.#starting.add(container.id);
    try {
      signal.throwIfAborted();
      await this.#run(container, spec.name);
      signal.throwIfAborted();
      const instance = await this.#inspect(container, spec.name);
      if (name !== containerName(spec.name) && spec.standby !== true) {
        void this.takeName(container.id, spec.name, nameIsFree);
      }
      return instance;
    } catch (error) {
      await this.#removeQuietly(container.id);
      throw error;
    } finally {
      this.#starting.delete(container.id);
    }
  }

  /** A predecessor that is still being cleaned up, which takes up to 0.5 s, is not waited for. */
  async #nameNow(replica: string, nameIsFree: Promise<void> | null): Promise<string> {
    const name = containerName(replica);
    if (nameIsFree === null) return name;
    const free = nameIsFree.then(
      () => true,
      () => false,
    );
    const isFree = await Promise.race([free, pause(FREE_SOON_MS, new AbortController().signal).then(() => false)]);
    return isFree ? name : interimName(name);
  }

  /**
   * Goes on while the replica serves already: on a busy machine it takes 0.3 s. Whoever ends before it is named, or
   * cannot be, gets an interim name, which no standby has, and is known by its labels all the same.
   * @param most how often it is tried, half a second apart
   */
  async takeName(id: string, replica: string, nameIsFree: Promise<void> | null, most = NAME_TRIES): Promise<void> {
    await nameIsFree?.catch(() => {});
    const name = containerName(replica);
    for (let tries = 0; tries < most && !this.#parts.hasEnded(id); tries++) {
      if (await this.#tryName(id, replica, name)) return;
      await pause(NAME_RETRY_MS, new AbortController().signal);
    }
    if (!this.#parts.hasEnded(id)) await this.#tryName(id, replica, interimName(name));
  }

  /** False: another holds the name. Whatever else may stand in the way is not tried again. */
  #tryName(id: string, replica: string, name: string): Promise<boolean> {
    const container = this.#parts.engine.docker.getContainer(id);
    return this.#call(`naming ${replica}`, (abortSignal) => container.rename({ name, abortSignal })).then(
      () => true,
      (error: unknown) => !isNameTaken(error),
    );
  }

  /** Under the name, or an interim one where nobody who could give it up holds it. */
  async #create(spec: InstanceSpec, name: string): Promise<{ readonly container: Container; readonly name: string }> {
    try {
      return { container: await this.#createOnce(spec, name), name };
    } catch (error) {
      if (!isNameTaken(error)) throw error;
      const isFree = await this.#freeName(spec.name);
      const next = isFree ? name : interimName(containerName(spec.name));
      return { container: await this.#createOnce(spec, next), name: next };
    }
  }

  #createOnce(spec: InstanceSpec, name: string): Promise<Container> {
    const { engine, settings } = this.#parts;
    const options = containerOptions(settings, spec, name);
    return this.#call(`creating ${spec.name}`, (abortSignal) =>
      engine.docker.createContainer({ ...options, abortSignal }),
    );
  }

  /** A network somebody removed is noticed only now. */
  async #run(container: Container, name: string): Promise<void> {
    const start = (): Promise<unknown> =>
      this.#call(`starting ${name}`, (abortSignal) => container.start({ abortSignal }));
    try {
      await start();
    } catch (error) {
      const networkIsMissing = statusOf(error) === 404 && error instanceof Error && /network/i.test(error.message);
      if (!networkIsMissing) throw asStartFailure(error);
      await this.#parts.mend(new AbortController().signal);
      await start();
    }
  }

  async #inspect(container: Container, name: string): Promise<Instance> {
    const found = await this.#call(`looking at ${name}`, (abortSignal) => container.inspect({ abortSignal }));
    const instance = instanceOf(found, this.#parts.reach);
    if (instance.state !== 'exited') return instance;
    const end = describeExit(found.State.ExitCode, found.State.OOMKilled);
    throw new RuntimeError('start-failed', `${name} ended at once: ${end}${await this.#lastWords(container)}`);
  }

  async #lastWords(container: Container): Promise<string> {
    const bytes = await this.#call('reading logs', (abortSignal) =>
      container.logs({ stdout: true, stderr: true, timestamps: true, tail: 1, follow: false, abortSignal }),
    ).catch(() => null);
    const line = Buffer.isBuffer(bytes) ? new LogFrames().push(bytes).at(-1) : undefined;
    return line === undefined ? '' : `, saying ${JSON.stringify(line.text)}`;
  }

  /**
   * Moves our own dead container aside, removes what an unanswered start left; anything else keeps its name. False: the
   * name belongs to no container. An Engine keeps that of one which was removed while it was renamed, as by `docker rm -f`
   * or `docker-compose down` at the wrong moment, until it is restarted (seen with 20.10).
   */
  async #freeName(replica: string): Promise<boolean> {
    const name = containerName(replica);
    const { engine, settings } = this.#parts;
    const holder = await this.#call(`looking at ${name}`, (abortSignal) =>
      engine.docker.getContainer(name).inspect({ abortSignal }),
    ).catch((error: unknown) => {
      if (statusOf(error) !== 404) throw error;
      return null;
    });
    if (holder === null) return false;
    if (holder.Config.Labels?.[FLEET_LABEL] !== settings.fleet) {
      throw new RuntimeError('name-taken', `A container named ${name} exists that is no replica of this fleet`);
    }
    if (this.#unanswered.has(replica)) {
      await this.#removeQuietly(holder.Id);
    } else if (holder.State.Running || this.#starting.has(holder.Id)) {
      throw new RuntimeError('name-taken', `A replica named ${replica} runs already`);
    } else {
      const aside = asideName(name, holder.Id);
      await this.#call(`moving ${name} aside`, (abortSignal) =>
        engine.docker.getContainer(holder.Id).rename({ name: aside, abortSignal }),
      );
    }
    return true;
  }

  async #removeQuietly(id: string): Promise<void> {
    const container = this.#parts.engine.docker.getContainer(id);
    const limit = AbortSignal.timeout(CLEAN_UP_LIMIT_MS);
    await this.#parts.engine
      .call('removing', limit, (abortSignal) => container.remove({ force: true, v: true, abortSignal }))
      .catch(() => {});
  }

  #call<T>(what: string, action: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#parts.engine.call(what, new AbortController().signal, action);
  }
}

function isNameTaken(error: unknown): boolean {
  return error instanceof RuntimeError && error.code === 'name-taken';
}

/** A command that does not exist is a 400, a port that is taken a 500: all of them mean that it did not start. */
function asStartFailure(error: unknown): unknown {
  if (!(error instanceof RuntimeError) || error.code === 'unreachable') return error;
  return new RuntimeError('start-failed', error.message, { cause: error });
}

function nameOfStandby({ name }: InstanceSpec): string {
  const container = containerName(name);
  if (container === name) return standbyName(container);
  // Only an alias could give it the replica's name in the network's DNS, and aliases cannot be added later.
  throw new RuntimeError('unsupported', `A name of one letter has no standby in Docker: ${name}`);
}
