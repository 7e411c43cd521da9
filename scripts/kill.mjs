// `npm run kill`: the kill tests in full: 200 kills of processes on SQLite, 100 on PostgreSQL, and
// 20 of the server. `npm test` has a tenth of them. More in docs/testing.md.
import { main, prepare } from './lib/prepare.mjs';
import { nodeBinary, run, toolEnv, toolPath } from './lib/workspace.mjs';

await main(async () => {
  await prepare({ build: false });
  process.on('SIGINT', () => {});
  const { code } = await run(
    nodeBinary(),
    [toolPath('vitest'), 'run', 'packages/testing/test/kill', ...process.argv.slice(2)],
    { env: toolEnv({ TICKETI_KILLS: 'full' }) },
  );
  return code;
});
