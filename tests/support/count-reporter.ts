import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes how many tests passed, failed and were skipped, for the closing line of `npm test`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const path = process.env.TICKETI_TEST_COUNT;
    if (!path) return;
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let failedTests = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') count.passed += 1;
        else if (state === 'failed') failedTests += 1;
        else count.skipped += 1;
      }
      // A file that could not be loaded, or whose hooks failed, has no failed test to show for it.
      count.failed += failedTests === 0 && module.state() === 'failed' ? 1 : failedTests;
    }
    writeFileSync(path, JSON.stringify(count));
  }
}
