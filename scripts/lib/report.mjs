// Runs named checks one after another and says how each went.
import { say, seconds } from './workspace.mjs';

/**
 * A check returns what is wrong (a text, or a list of lines), or nothing. A thrown error is a
 * failure too. Returns how many passed and failed.
 */
export async function runChecks(checks) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, check] of checks) {
    const start = performance.now();
    let wrong;
    try {
      wrong = await check();
    } catch (error) {
      wrong = error.stack;
    }
    const text = Array.isArray(wrong) ? wrong.join('\n') : (wrong ?? '');
    if (text === '') {
      count.passed += 1;
      say(`ok      ${name} (${seconds(start)})`);
    } else {
      count.failed += 1;
      say(`FAILED  ${name} (${seconds(start)})\n${text.trimEnd().replaceAll(/^/gm, '        ')}`);
    }
  }
  return count;
}

export function closingLine({ passed, failed, skipped = 0 }) {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return `${parts.join(', ')}\n`;
}

export const add = (...counts) =>
  counts.reduce((sum, each) => ({
    passed: sum.passed + each.passed,
    failed: sum.failed + each.failed,
    skipped: sum.skipped + each.skipped,
  }));
