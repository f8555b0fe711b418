import type { RuntimeEvent } from '../../../core/ports.ts';
import { RuntimeError } from '../../../core/runtime-error.ts';
import { type InstanceRecord, RecordFolder } from './instance-record.ts';
import { ProcessInstance } from './process-instance.ts';
import type { ProcessTable } from './process-table.ts';

/**
 * The replica processes of one fleet: those we started, and those a former balancer started and we found in the
 * state folder. The folder says what exists, the process table what lives.
 */
export class ProcessRegistry {
  readonly folder: RecordFolder;
  readonly #fleet: string;
  readonly #table: ProcessTable;
  readonly #instances = new Map<string, ProcessInstance>();
  readonly #listeners = new Set<(event: RuntimeEvent) => void>();

  constructor(folder: string, fleet: string, table: ProcessTable) {
    this.folder = new RecordFolder(folder);
    this.#fleet = fleet;
    this.#table = table;
  }

  /** Brings our knowledge up to what the state folder and the process table say now. */
  async refresh(): Promise<void> {
    const records = new Map(this.folder.readAll(this.#fleet).map((record) => [record.id, record]));
    for (const id of this.#instances.keys()) if (!records.has(id)) this.#instances.delete(id);
    const found = [...records.values()].filter(({ id }) => !this.#instances.has(id));
    const sights = await this.#table.look(found.map(({ pid }) => pid));
    for (const record of found) {
      if (this.#instances.has(record.id)) continue;
      const instance = new ProcessInstance(record, this.folder);
      const sight = sights.get(record.pid);
      if (sight?.identity === record.identity) instance.begin(sight.paused ? 'paused' : 'running', false);
      this.#instances.set(record.id, instance);
    }
    await this.inspect();
  }

  /** Finds what ended, was stopped or went on without our doing. */
  async inspect(): Promise<void> {
    const living = this.all().filter(({ state }) => state !== 'exited');
    const sights = await this.#table.look(living.map(({ record }) => record.pid));
    for (const instance of living) {
      const sight = sights.get(instance.record.pid);
      if (sight?.identity === instance.record.identity) this.markPaused(instance, sight.paused);
      else if (!instance.ownChild) this.markExited(instance, 'it is gone');
    }
  }

  all(): readonly ProcessInstance[] {
    return [...this.#instances.values()];
  }

  async get(id: string): Promise<ProcessInstance> {
    if (!this.#instances.has(id)) await this.refresh();
    const instance = this.#instances.get(id);
    if (instance === undefined) throw new RuntimeError('not-found', `No replica process ${id}`);
    return instance;
  }

  add(record: InstanceRecord): ProcessInstance {
    const instance = new ProcessInstance(record, this.folder);
    this.#instances.set(record.id, instance);
    this.folder.write(record);
    return instance;
  }

  update(instance: ProcessInstance, change: Partial<InstanceRecord>): void {
    instance.record = { ...instance.record, ...change };
    this.folder.write(instance.record);
  }

  delete(id: string): void {
    this.#instances.delete(id);
    this.folder.remove(id);
  }

  /** Whatever else the process had started goes with it: it might still hold the port. */
  markExited(instance: ProcessInstance, reason: string): void {
    if (!instance.end()) return;
    instance.signal('SIGKILL');
    if (!instance.restarting) this.#tell(instance, { kind: 'exited', reason });
  }

  markPaused(instance: ProcessInstance, paused: boolean): void {
    const state = paused ? 'paused' : 'running';
    if (instance.state === 'exited' || instance.state === state) return;
    instance.state = state;
    this.#tell(instance, { kind: paused ? 'paused' : 'unpaused' });
  }

  markStarted(instance: ProcessInstance): void {
    this.#tell(instance, { kind: 'started' });
  }

  /** Returns its own end. */
  listen(listener: (event: RuntimeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(
    instance: ProcessInstance,
    event: { kind: 'exited'; reason: string } | { kind: 'paused' | 'unpaused' | 'started' },
  ): void {
    const { id, name } = instance.record;
    for (const listener of this.#listeners) listener({ ...event, id, name });
  }
}
