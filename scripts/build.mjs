// `npm run build`: builds every package, with types.
import { main, prepare } from './lib/prepare.mjs';

await main(async () => {
  await prepare({ types: true });
  return 0;
});
