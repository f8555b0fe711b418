import { defineConfig } from 'vitest/config';

/** Tests that run real processes, containers or load: one file at a time, after the quick ones. */
const SERVICES = ['**/*.{integration,docker}.test.ts', 'e2e/**/*.test.ts'];
const IGNORED = ['node_modules/**', '.next/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'units',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...IGNORED, ...SERVICES],
          sequence: { groupOrder: 1 },
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'services',
          include: SERVICES,
          exclude: IGNORED,
          sequence: { groupOrder: 2 },
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
