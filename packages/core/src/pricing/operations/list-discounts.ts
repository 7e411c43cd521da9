import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { AutomaticDiscount } from '../discount.ts';
import { discountResource } from '../resource.ts';

export const listDiscounts = read({
  name: 'discounts.list',
  summary: 'The automatic discounts of an event, in the order in which they are tried.',
  input: z.strictObject({ eventId: EventId }),
  output: z.object({ items: z.array(AutomaticDiscount) }).meta({ id: 'AutomaticDiscountList' }),
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const discounts = await context.tx.pricing.discounts.ofEvent(eventId);
    return { items: discounts.map((discount) => discountResource(discount, event.currency)) };
  },
});
