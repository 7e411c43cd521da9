import * as z from 'zod';
import {
  ambiguousTime,
  catalogueChanged,
  EventId,
  invalidTime,
  membersOfEvent,
  TicketTypeId,
  TimeInput,
} from '../../events/index.ts';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { AutomaticDiscount, type DiscountRecord, DiscountRule } from '../discount.ts';
import { unknownTicketType } from '../refusals.ts';
import { discountResource } from '../resource.ts';
import { strangerAmong } from '../stranger.ts';
import { windowOf } from '../window.ts';

export const setDiscount = write({
  name: 'discounts.set',
  summary:
    'Sets an automatic discount of an event, which its name is the key of. Holds keep the price they have.',
  input: z.strictObject({
    eventId: EventId,
    name: z.string().trim().min(1).max(100),
    rule: DiscountRule,
    ticketTypeIds: z.array(TicketTypeId).min(1).max(200).nullable().default(null),
    validFrom: TimeInput.nullable().default(null),
    validUntil: TimeInput.nullable().default(null),
    position: z.int().min(0).max(1000).default(0),
  }),
  output: AutomaticDiscount,
  refusals: [unknownTicketType, invalidTime, ambiguousTime],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, validFrom, validUntil, ...terms }) => {
    const { tx, ids, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const stranger = await strangerAmong(context, eventId, terms.ticketTypeIds);
    if (stranger !== undefined) return stranger;
    const window = await windowOf({ validFrom, validUntil }, event.timezone);
    if (isRefusal(window)) return window;
    const before = await tx.pricing.discounts.ofEvent(eventId);
    const was = before.find(({ name }) => name === terms.name);
    const { organizerId } = event;
    const discount: DiscountRecord =
      was === undefined
        ? { ...terms, ...window, id: ids.next('dsc'), organizerId, eventId, revision: 1 }
        : { ...was, ...terms, ...window };
    if (was === undefined) await tx.pricing.discounts.insert([discount]);
    else await tx.pricing.discounts.save(discount, was);
    await catalogueChanged(context, eventId);
    const set = discountResource(discount, event.currency);
    emit({ type: 'discount.set', organizerId, eventId, subject: discount.id, data: set });
    return set;
  },
});
