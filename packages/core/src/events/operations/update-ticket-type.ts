import * as z from 'zod';
import { Amount, given, isRefusal, notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { ambiguousTime, invalidTime } from '../local-time.ts';
import { ticketTypeResource } from '../resource.ts';
import { TicketType, TicketTypeId, TypeLimit } from '../ticket-type.ts';
import { saleTimes, saleWindow } from '../ticket-type-input.ts';

export const updateTicketType = write({
  name: 'ticketTypes.update',
  summary: 'Changes what is given of a ticket type. Holds and orders keep the price they have.',
  input: z.strictObject({
    ticketTypeId: TicketTypeId,
    name: z.string().trim().min(1).max(200).optional(),
    description: z.string().max(5000).optional(),
    price: Amount.optional(),
    saleFrom: saleWindow.saleFrom.optional(),
    saleUntil: saleWindow.saleUntil.optional(),
    maxPerOrder: z.int().min(1).max(1000).optional(),
    maxPerBuyer: TypeLimit.optional(),
    maxInAll: TypeLimit.optional(),
    state: z.enum(['on_sale', 'off_sale']).optional(),
  }),
  output: TicketType,
  refusals: [invalidTime, ambiguousTime],
  allow: members(
    'manage_events',
    async ({ tx }, { ticketTypeId }: { ticketTypeId: string }) =>
      (await tx.events.ticketTypes.find(ticketTypeId))?.organizerId,
  ),
  run: async ({ tx, emit }, { ticketTypeId, saleFrom, saleUntil, ...changes }) => {
    const [was] = await tx.events.ticketTypes.findForUpdate([ticketTypeId]);
    if (was === undefined) return notFound({ kind: 'ticket type', id: ticketTypeId });
    const event = await tx.events.events.find(was.eventId);
    if (event === undefined) return notFound({ kind: 'event', id: was.eventId });
    const window = await saleTimes(
      {
        saleFrom: saleFrom === undefined ? was.saleFrom : saleFrom,
        saleUntil: saleUntil === undefined ? was.saleUntil : saleUntil,
      },
      event.timezone,
    );
    if (isRefusal(window)) return window;
    const next = { ...was, ...given(changes), ...window };
    await tx.events.ticketTypes.save(next, was);
    const updated = ticketTypeResource({ ...next, revision: was.revision + 1 }, event.currency);
    emit({
      type: 'ticket_type.updated',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: ticketTypeId,
      data: updated,
    });
    return updated;
  },
});
