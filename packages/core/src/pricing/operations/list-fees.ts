import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { Fee } from '../fee.ts';
import { feeResource } from '../resource.ts';

export const listFees = read({
  name: 'fees.list',
  summary: 'The fees of an event, oldest first.',
  input: z.strictObject({ eventId: EventId }),
  output: z.object({ items: z.array(Fee) }).meta({ id: 'FeeList' }),
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const fees = await context.tx.pricing.fees.ofEvent(eventId);
    return { items: fees.map((fee) => feeResource(fee, event.currency)) };
  },
});
