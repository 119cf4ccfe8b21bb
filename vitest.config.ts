import { defineConfig } from 'vitest/config'

const slow = ['test/journeys/**/*.test.ts', 'test/postgres/**/*.test.ts']

// Two cores: two workers, and only the browser journeys and the real PostgreSQL count as slow.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    silent: 'passed-only',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    setupFiles: ['test/support/quiet.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: slow, testTimeout: 15_000 } },
      { extends: true, test: { name: 'slow', include: slow, testTimeout: 120_000, hookTimeout: 180_000 } },
    ],
  },
})
