import { defineConfig } from 'vitest/config';

const pure = ['test/contracts/**/*.test.ts', 'test/domain/**/*.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      // Rules and arithmetic: nothing that one file leaves behind for another.
      { extends: true, test: { name: 'rules', include: pure, isolate: false } },
      // Each file has a process: workers, child processes and native modules end with it.
      { extends: true, test: { name: 'system', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
    pool: 'forks',
  },
});
