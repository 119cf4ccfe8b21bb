import { defineConfig } from 'vitest/config'

/** Whole processes, browsers and the real PostgreSQL: not part of the fast loop. */
const slow = ['journeys', 'postgres', 'local', 'contracts', 'site', 'simulator', 'attacks', 'reconcile', 'cli'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
)
slow.push('test/architecture.bundles.test.ts', 'test/**/*.slow.test.ts')

// Two cores: two workers.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    silent: 'passed-only',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // In this order: quiet.ts hands on to what clean-logs.ts has put in its place.
    setupFiles: ['test/support/clean-logs.ts', 'test/support/quiet.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: slow, testTimeout: 15_000, hookTimeout: 60_000 },
      },
      { extends: true, test: { name: 'slow', include: slow, testTimeout: 120_000, hookTimeout: 180_000 } },
    ],
  },
})
