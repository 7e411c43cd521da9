import * as z from 'zod';
import { catalogueChanged } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { AutomaticDiscount, DiscountId } from '../discount.ts';
import { discountResource } from '../resource.ts';

export const removeDiscount = write({
  name: 'discounts.remove',
  summary: 'Takes an automatic discount off an event. Holds and orders keep the price they have.',
  input: z.strictObject({ discountId: DiscountId }),
  output: AutomaticDiscount,
  allow: members(
    'manage_events',
    async ({ tx }, { discountId }: { discountId: string }) =>
      (await tx.pricing.discounts.find(discountId))?.organizerId,
  ),
  run: async (context, { discountId }) => {
    const { tx, emit } = context;
    const found = await tx.pricing.discounts.find(discountId);
    if (found === undefined) return notFound({ kind: 'discount', id: discountId });
    const [event] = await tx.events.events.findForUpdate([found.eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: found.eventId });
    const [was] = await tx.pricing.discounts.findForUpdate([discountId]);
    if (was === undefined) return notFound({ kind: 'discount', id: discountId });
    await tx.pricing.discounts.remove([discountId]);
    await catalogueChanged(context, found.eventId);
    const removed = discountResource(was, event.currency);
    emit({
      type: 'discount.removed',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: discountId,
      data: removed,
    });
    return removed;
  },
});
