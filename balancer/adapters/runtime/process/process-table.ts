export interface ProcessSight {
  /** Differs between two processes that had the same pid. */
  readonly identity: string;
  readonly paused: boolean;
}

export interface GroupUsage {
  /** Processor time used so far by all members that live, ms. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** What the operating system says about processes. A zombie counts as gone. */
export interface ProcessTable {
  look(pids: readonly number[]): Promise<ReadonlyMap<number, ProcessSight>>;
  /** By process group id. */
  usage(): Promise<ReadonlyMap<number, GroupUsage>>;
}

export function addUsage(groups: Map<number, GroupUsage>, group: number, more: GroupUsage): void {
  const sum = groups.get(group) ?? { cpuMs: 0, memoryBytes: 0 };
  groups.set(group, { cpuMs: sum.cpuMs + more.cpuMs, memoryBytes: sum.memoryBytes + more.memoryBytes });
}
