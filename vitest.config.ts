import { defineConfig } from 'vitest/config';

/** Real processes and load. */
const SERVICES = ['**/*.integration.test.ts'];
/** Real containers, or the whole system: they share one Docker Engine, so one file at a time. */
const CONTAINERS = ['**/*.docker.test.ts', 'e2e/**/*.test.ts'];
const IGNORED = ['node_modules/**', '.next/**'];
/**
 * Tests start and end worker threads by the hundred in one process. Where the processor has memory protection keys, V8
 * then now and then loses track of its pages ("Check failed: jit_page.has_value()") and ends the process.
 */
const execArgv = ['--no-memory-protection-keys'];
const PATIENCE = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'units',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...IGNORED, ...SERVICES, ...CONTAINERS],
          sequence: { groupOrder: 1 },
          testTimeout: 15_000,
          // They leave nothing behind, so files share a process and what it has loaded: half the time.
          isolate: false,
          execArgv,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...PATIENCE,
          name: 'services',
          include: SERVICES,
          exclude: [...IGNORED, ...CONTAINERS],
          sequence: { groupOrder: 2 },
          execArgv,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...PATIENCE,
          name: 'containers',
          include: CONTAINERS,
          exclude: IGNORED,
          sequence: { groupOrder: 3 },
          fileParallelism: false,
          maxWorkers: 1,
        },
      },
    ],
  },
});
