// `.ci/run`: everything a change must pass, one after another; the last line is the count.
import { checkBenchmarks, checkCleanClone, checkSimulator, gates } from './lib/gates.mjs';
import { main, prepare } from './lib/prepare.mjs';
import { add, closingLine, runChecks } from './lib/report.mjs';
import { npm, run, say, seconds } from './lib/workspace.mjs';

/** Runs a command that ends with the line `N passed, N failed`, and reads that line. */
async function counted(name, start) {
  say(`\n== ${name}`);
  const { code, stdout } = await start();
  const lines = stdout.trimEnd().split('\n');
  const line = lines.pop();
  const [, passed, failed, skipped] =
    /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line) ?? [];
  if (passed === undefined) {
    say(`FAILED  ${name}: it ended with ${code} and no count`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const count = { passed: +passed, failed: +failed, skipped: +(skipped ?? 0) };
  if (code !== 0 && count.failed === 0) count.failed = 1;
  say(`${count.failed > 0 ? 'FAILED ' : 'ok     '} ${name}: ${line}`);
  return count;
}

await main(async () => {
  const start = performance.now();
  const tests = await counted('npm test', () => npm(['test'], { tee: true }));
  say('\n== gates');
  await prepare({ build: false });
  const checks = await runChecks([
    ...gates,
    ['demo in a clean clone', checkCleanClone],
    ['the benchmarks run', checkBenchmarks],
    ['the simulator: 1,000 seeds of 200 steps', checkSimulator],
  ]);
  const packages = await counted('the packages as installed', () =>
    run(process.execPath, ['scripts/package-test.mjs'], { tee: true }),
  );
  const total = add(tests, checks, packages);
  say(`\nall of it took ${seconds(start)}`);
  process.stdout.write(closingLine(total));
  return total.failed > 0 ? 1 : 0;
});
