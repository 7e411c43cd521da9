// `npm run sim -- --seed 1 --ops 200 --seeds 100`: plays random lives of Ticketi and tells what broke.
// Runs the sources as they are: nothing has to be built. More in docs/testing.md.
import { main, prepare } from './lib/prepare.mjs';
import { inRoot, nodeBinary, run, toolEnv } from './lib/workspace.mjs';

await main(async () => {
  await prepare({ build: false });
  // Ctrl-C is the run's to answer: it stops its PostgreSQL.
  process.on('SIGINT', () => {});
  const file = inRoot('packages/testing/test/simulation/run.ts');
  const { code } = await run(
    nodeBinary(),
    ['--conditions=ticketi-source', file, ...process.argv.slice(2)],
    { env: toolEnv() },
  );
  return code;
});
