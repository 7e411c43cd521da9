import { library } from '../../tsup.base.ts';

export default library(
  { index: 'src/index.ts' },
  {
    platform: 'neutral',
    target: 'es2023',
    // The route table comes along, from its source, so that users need nothing else at run time.
    noExternal: ['@ticketi/http'],
    esbuildOptions(options) {
      options.conditions = ['ticketi-source'];
    },
  },
);
