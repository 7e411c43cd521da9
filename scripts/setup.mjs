// `npm run setup`: installs what the workspace needs; nothing else.
import { main, prepare } from './lib/prepare.mjs';

await main(async () => {
  await prepare({ build: false });
  return 0;
});
