/** What an instance uses now. */
export interface Resources {
  /** Percent of one core. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  /** null without a limit. */
  readonly memoryLimitBytes: number | null;
}
