import * as z from 'zod';
import { systemOnly, workflow } from '../../kernel/index.ts';
import { listWaitlists } from './list-due.ts';
import { offerTickets } from './offer.ts';

export const offerDue = workflow({
  name: 'waitlist.offerDue',
  summary:
    'Offers what is free at every event where somebody waits. Safe to run at any time, also twice at once.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
  output: z
    .object({
      done: z.int().meta({ description: 'Offers made, settled and entries ended.' }),
      failed: z.int(),
      problem: z.string().optional().meta({ description: 'Of the first event that failed.' }),
    })
    .meta({ id: 'WaitlistPasses' }),
  allow: systemOnly,
  run: async ({ callAsSystem }, { limit }) => {
    let done = 0;
    let failed = 0;
    let problem: string | undefined;
    for (let after = ''; ; ) {
      const { eventIds } = await callAsSystem(listWaitlists, { after, limit });
      for (const eventId of eventIds) {
        try {
          const { offered, settled, ended } = await callAsSystem(offerTickets, { eventId });
          done += offered + settled + ended;
        } catch (error) {
          failed += 1;
          problem ??= error instanceof Error ? error.message : String(error);
        }
      }
      after = eventIds.at(-1) ?? '';
      if (eventIds.length < limit) break;
    }
    return { done, failed, ...(problem === undefined ? {} : { problem }) };
  },
});
