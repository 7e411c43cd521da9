import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { PricePolicy } from '../policy.ts';

export const getPricePolicy = read({
  name: 'prices.getPolicy',
  summary: 'How the prices of an event are taxed and rounded.',
  input: z.strictObject({ eventId: EventId }),
  output: PricePolicy,
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    return event.pricePolicy;
  },
});
