// `npm run demo`: from a bare clone to `ticketi demo`. Arguments go to it as they are:
// `npm run demo -- --database postgres://...`. Only its own output reaches stdout.
import { main, prepare } from './lib/prepare.mjs';
import { inRoot, nodeBinary, run, toolEnv } from './lib/workspace.mjs';

await main(async () => {
  await prepare({ packages: ['packages/cli'], checks: false });
  // Ctrl-C is the demo's to answer.
  process.on('SIGINT', () => {});
  const cli = inRoot('packages/cli/bin/ticketi.mjs');
  const { code } = await run(nodeBinary(), [cli, 'demo', ...process.argv.slice(2)], {
    env: toolEnv(),
  });
  return code;
});
