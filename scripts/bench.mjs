// `npm run bench`: measures the packages as they are built, and prints the table of docs/benchmarks.md.
// `npm run bench -- --quick` only sees that every row runs. More in docs/benchmarks.md.
import { main, prepare } from './lib/prepare.mjs';
import { inRoot, nodeBinary, run, toolEnv } from './lib/workspace.mjs';

await main(async () => {
  await prepare();
  // Ctrl-C is the run's to answer: it stops its PostgreSQL.
  process.on('SIGINT', () => {});
  const { code } = await run(nodeBinary(), [inRoot('bench/run.ts'), ...process.argv.slice(2)], {
    env: toolEnv(),
  });
  return code;
});
