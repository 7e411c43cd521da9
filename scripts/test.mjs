// `npm test`: from a bare clone to every test, on SQLite and on a real PostgreSQL.
// Arguments go to vitest: `npm test -- packages/core`. The last line is the count.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, prepare } from './lib/prepare.mjs';
import { nodeBinary, run, say, toolEnv, toolPath } from './lib/workspace.mjs';

await main(async () => {
  await prepare();
  process.on('SIGINT', () => {});
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-test-'));
  const countFile = join(folder, 'count.json');
  try {
    const { code } = await run(
      nodeBinary(),
      [toolPath('vitest'), 'run', ...process.argv.slice(2)],
      { env: toolEnv({ TICKETI_TEST_COUNT: countFile }) },
    );
    return close(code, readCount(countFile));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function readCount(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    say('ticketi: the tests ended before they could be counted');
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function close(code, { passed, failed, skipped }) {
  // A run that failed outside any test (a fault in its setup, say) still counts as a failure.
  const failures = code !== 0 && failed === 0 ? 1 : failed;
  if (passed + failures === 0) say('ticketi: no test ran');
  const parts = [`${passed} passed`, `${failures} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  process.stdout.write(`${parts.join(', ')}\n`);
  return failures > 0 || passed === 0 ? 1 : 0;
}
