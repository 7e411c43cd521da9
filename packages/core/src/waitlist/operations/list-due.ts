import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { read, systemOnly } from '../../kernel/index.ts';

export const listWaitlists = read({
  name: 'waitlist.due',
  summary: 'Events at which somebody waits or has an offer, for whoever works off waitlists.',
  input: z.strictObject({
    after: z
      .union([EventId, z.literal('')])
      .default('')
      .meta({
        description: 'The last event of the page before.',
      }),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z.object({ eventIds: z.array(EventId) }).meta({ id: 'WaitlistsDue' }),
  allow: systemOnly,
  run: async ({ tx }, { after, limit }) => ({ eventIds: await tx.waitlist.events(after, limit) }),
});
