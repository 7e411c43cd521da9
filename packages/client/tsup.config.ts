import { fileURLToPath } from 'node:url';
import { library } from '../../tsup.base.ts';

export default library(
  { index: 'src/index.ts' },
  {
    platform: 'neutral',
    target: 'es2023',
    // The route table comes along, from its source, so that users need nothing else at run time. It
    // is named by its file: the demo's build installs no development dependencies.
    noExternal: ['@ticketi/http'],
    esbuildOptions(options) {
      options.conditions = ['ticketi-source'];
      options.alias = {
        '@ticketi/http/routes': fileURLToPath(new URL('../http/src/routes.ts', import.meta.url)),
      };
    },
  },
);
