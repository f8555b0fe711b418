import type { Resources } from '../../../core/resources.ts';
import { pause } from '../waiting.ts';
import type { GroupUsage, ProcessTable } from './process-table.ts';

const SAMPLE_EVERY_MS = 1000;
/** Replicas sampled within this time share one reading of the process table. */
const SHARED_FOR_MS = 200;

interface Reading {
  readonly at: number;
  readonly groups: Promise<ReadonlyMap<number, GroupUsage>>;
}

/** Turns cumulative processor time of a process group into a percentage, about once a second. */
export class UsageMeter {
  readonly #table: ProcessTable;
  #latest: Reading | null = null;

  constructor(table: ProcessTable) {
    this.#table = table;
  }

  /** Until aborted, or until `group` says null: the processes have ended. */
  async *samples(group: () => number | null, signal: AbortSignal): AsyncIterable<Resources> {
    let before = await this.#of(group());
    while (before !== null && !signal.aborted) {
      await pause(SAMPLE_EVERY_MS, signal);
      const now = await this.#of(group());
      if (now === null || signal.aborted) return;
      const cpuPercent = (100 * Math.max(0, now.cpuMs - before.cpuMs)) / Math.max(1, now.at - before.at);
      yield { cpuPercent, memoryBytes: now.memoryBytes, memoryLimitBytes: null };
      before = now;
    }
  }

  async #of(group: number | null): Promise<(GroupUsage & { readonly at: number }) | null> {
    if (group === null) return null;
    const reading = this.#read();
    const usage = (await reading.groups).get(group);
    return usage === undefined ? null : { ...usage, at: reading.at };
  }

  #read(): Reading {
    const at = performance.now();
    if (this.#latest === null || at - this.#latest.at > SHARED_FOR_MS) {
      this.#latest = { at, groups: this.#table.usage() };
    }
    return this.#latest;
  }
}
