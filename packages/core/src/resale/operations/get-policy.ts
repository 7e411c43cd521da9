import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { ResalePolicy } from '../policy.ts';
import { policyResource } from '../resource.ts';

export const getResalePolicy = read({
  name: 'resale.getPolicy',
  summary: 'The rules under which holders of an event may resell.',
  input: z.strictObject({ eventId: EventId }),
  output: ResalePolicy,
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    return policyResource(eventId, await context.tx.resale.policies.find(eventId));
  },
});
