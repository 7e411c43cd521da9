// What docs/testing.md describes: plays lives of Ticketi from seeds, and tells what broke.

import { startPostgres } from '../../../../tests/support/postgres-server.ts';
import type { SimulationReport } from '../../src/index.ts';
import { readOptions } from './options.ts';
import { play } from './play.ts';
import { playAll } from './players.ts';
import { shrink } from './shrink.ts';
import { failureOf, shrunkOf, summaryOf } from './summary.ts';

const options = readOptions(process.argv.slice(2));
const given = process.env.TICKETI_TEST_POSTGRES_URL;
const server =
  options.storage === 'postgres' && !given ? await startPostgres() : { url: given, stop() {} };
const url = options.storage === 'postgres' ? server.url : undefined;
const started = performance.now();
const plays = Array.from({ length: options.seeds }, (_, index) => ({
  seed: options.seed + index,
  ops: options.ops,
  only: options.only,
  url,
}));
const reports: SimulationReport[] = [];
const shrunken: string[] = [];
try {
  if (options.trace) {
    for (const one of plays) reports.push(await play(one, print));
  } else {
    for await (const report of playAll(plays, options.workers)) {
      reports.push(report);
      // The first one that breaks is what there is to do; the rest can wait.
      if (report.failure !== undefined) break;
    }
  }
  for (const { seed, failure } of reports) {
    if (failure === undefined || options.trace) continue;
    const { ops } = options;
    const attempt = async (only: ReadonlySet<number>) =>
      (await play({ seed, ops, only: [...only], url })).failure;
    // A schema for each attempt takes its time.
    const shrunk = await shrink(failure, ops, attempt, url === undefined ? 400 : 40);
    shrunken.push(shrunkOf(seed, shrunk, options));
  }
} finally {
  await server.stop();
}

print(summaryOf(options, reports, (performance.now() - started) / 1000));
const broken = reports.filter(({ failure }) => failure !== undefined);
for (const report of broken) print(`\n${failureOf(report, options)}`);
for (const text of shrunken) print(`\n${text}`);
print(broken.length === 0 ? 'nothing broke' : `${broken.length} broke`);
process.exitCode = broken.length === 0 ? 0 : 1;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
