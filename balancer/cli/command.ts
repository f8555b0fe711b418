import type { Given, Option } from './options.ts';
import type { Screen } from './terminal/screen.ts';

/** What a command works with. */
export interface Terminal {
  readonly screen: Screen;
  readonly environment: NodeJS.ProcessEnv;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What may follow the name, for the help: `NAME…`. */
  readonly operands: string;
  readonly options: readonly Option[];
  /** More for the help, a line each. */
  readonly notes?: readonly string[];
  /** Takes everything that follows as it is; the options are somebody else's. */
  readonly raw?: true;
  /** Resolves with the exit code: 0 well, 1 not. Throws UsageError and whatever the balancer says. */
  run(given: Given, terminal: Terminal, args: readonly string[]): Promise<number>;
}
