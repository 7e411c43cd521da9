// `npm run release`: builds everything and publishes what is not yet published at its version.
import { main, prepare } from './lib/prepare.mjs';
import { nodeBinary, run, toolEnv, toolPath } from './lib/workspace.mjs';

await main(async () => {
  await prepare({ types: true });
  const { code } = await run(nodeBinary(), [toolPath('@changesets/cli', 'changeset'), 'publish'], {
    env: toolEnv(),
  });
  return code;
});
