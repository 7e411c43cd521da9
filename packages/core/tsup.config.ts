import { library } from '../../tsup.base.ts';

export default library(
  {
    index: 'src/index.ts',
    webhooks: 'src/webhooks/verify.ts',
    verify: 'src/tickets/verify.ts',
    'checkin-offline': 'src/checkin/offline.ts',
  },
  {
    // Only what is used of zod comes along: importing the whole of it, with the texts of some forty
    // languages, takes 50 ms of the 80 ms that the SDK would need to start; so it takes 40 ms in all.
    // Its types stay those of the dependency.
    noExternal: ['zod'],
  },
);
