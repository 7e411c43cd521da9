import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { termsOf } from '../follow.ts';
import { WaitlistPolicy } from '../policy.ts';
import { policyResource } from '../resource.ts';

export const getWaitlistPolicy = read({
  name: 'waitlist.getPolicy',
  summary: 'The rules of an event’s waitlist, and whether it can be joined.',
  input: z.strictObject({ eventId: EventId }),
  output: WaitlistPolicy,
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    return policyResource(eventId, await termsOf(context, eventId));
  },
});
