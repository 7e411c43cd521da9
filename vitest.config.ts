import { defineConfig } from 'vitest/config';

// Packages of this workspace are tested as sources: see "exports" in their package.json.
const conditions = ['ticketi-source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'packages/*/src/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Processes that a test forks resolve the packages as the test does.
    execArgv: ['--conditions=ticketi-source'],
    reporters: ['default', './tests/support/count-reporter.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
  },
});
