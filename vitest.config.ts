import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Tests start traffic workers by the hundred, and each would load a type stripper in WebAssembly and read all of its
 * TypeScript anew. Processes and workers find it here.
 */
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/ringmaster', import.meta.url));

/** Real processes and load. */
const SERVICES = ['**/*.integration.test.ts'];
/** Real containers, or the whole system: they share one Docker Engine, so one file at a time. */
const CONTAINERS = ['**/*.docker.test.ts', 'e2e/**/*.test.ts'];
const IGNORED = ['node_modules/**', '.next/**'];
/**
 * Where worker threads that use WebAssembly come and go by the hundred in one process, V8 now and then loses track of its
 * pages ("Check failed: jit_page.has_value()", nodejs/node#64500) and ends the process: less so without memory
 * protection keys, and without the type stripper.
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
