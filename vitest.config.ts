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
 * After a thousand calls from WebAssembly V8 compiles the way out of it, and all threads of a process share what was
 * compiled. Where one of them ends as another does that, V8 frees it twice and ends the process ("Check failed:
 * jit_page.has_value()", below Runtime_TierUpWasmToJSWrapper; nodejs/node#64500). So it never does it here.
 */
const execArgv = ['--wasm-wrapper-tiering-budget=2000000000'];
/** What is polled for comes at once on a machine that has time; the usual second is too short beside other suites. */
const POLLING = { poll: { timeout: 10_000 } };
/** They leave nothing behind, so files share a process and what it has loaded: units take half the time. */
const isolate = false;
const PATIENCE = { testTimeout: 60_000, hookTimeout: 60_000, expect: POLLING };

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
          expect: POLLING,
          isolate,
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
          isolate,
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
