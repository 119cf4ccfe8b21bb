import { defineConfig } from 'vitest/config'

/** The tests that `npm run mutation` runs for every mutant: rules and adapters, hundreds in a second. */
export default defineConfig({
  test: {
    isolate: false,
    setupFiles: ['test/support/clean-logs.ts', 'test/support/quiet.ts'],
    include: [
      'test/adapters/*.test.ts',
      'test/shop/money.test.ts',
      'test/shop/{affiliates,checkout,downloads,orders,payments}/**/*.test.ts',
    ],
    // What needs a database or random cases would be run hundreds of times.
    exclude: ['test/**/*.slow.test.ts', 'test/**/*.fuzz.test.ts', 'test/shop/**/{note-click,start-checkout}.test.ts'],
    testTimeout: 60_000,
  },
})
