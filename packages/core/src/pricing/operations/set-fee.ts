import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { Amount, notFound, Percent, write } from '../../kernel/index.ts';
import { Fee, type FeeRecord } from '../fee.ts';
import { feeResource } from '../resource.ts';

export const setFee = write({
  name: 'fees.set',
  summary: "Sets the fee of an event's tickets; an event has one. Holds keep the fee they have.",
  input: z.strictObject({
    eventId: EventId,
    name: z.string().trim().min(1).max(100).default('Service fee'),
    percent: Percent.default('0'),
    fixed: Amount.default(0),
    per: z.enum(['ticket', 'order']).default('ticket'),
    mode: z.enum(['passed_on', 'absorbed']).default('passed_on'),
  }),
  output: Fee,
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, ids, emit }, { eventId, ...terms }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const was = await tx.pricing.fees.ofEvent(eventId);
    const fee: FeeRecord =
      was === undefined
        ? { ...terms, id: ids.next('fee'), organizerId: event.organizerId, eventId, revision: 1 }
        : { ...was, ...terms };
    if (was === undefined) await tx.pricing.fees.insert([fee]);
    else await tx.pricing.fees.save(fee, was);
    const set = feeResource(fee, event.currency);
    emit({
      type: 'fee.set',
      organizerId: event.organizerId,
      eventId,
      subject: fee.id,
      data: set,
    });
    return set;
  },
});
