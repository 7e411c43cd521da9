import * as z from 'zod';
import { Amount, given, isRefusal, notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { unknownTicketType } from '../../pricing/index.ts';
import { catalogueChanged } from '../catalogue-version.ts';
import { ambiguousTime, invalidTime } from '../local-time.ts';
import { lockType } from '../lock-type.ts';
import { wrongPart } from '../refusals.ts';
import { ticketTypeResource } from '../resource.ts';
import { TicketType, TicketTypeId, TypeLimit } from '../ticket-type.ts';
import { saleTimes, saleWindow } from '../ticket-type-input.ts';
import { checkTypes } from '../type-references.ts';
import { TermInputs, writtenTerms } from '../type-terms.ts';

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
    hidden: TermInputs.hidden.optional(),
    requires: TermInputs.requires.optional(),
    state: z.enum(['on_sale', 'off_sale']).optional(),
  }),
  output: TicketType,
  refusals: [unknownTicketType, wrongPart, invalidTime, ambiguousTime],
  allow: members(
    'manage_events',
    async ({ tx }, { ticketTypeId }: { ticketTypeId: string }) =>
      (await tx.events.ticketTypes.find(ticketTypeId))?.organizerId,
  ),
  run: async (context, { ticketTypeId, saleFrom, saleUntil, hidden, requires, ...changes }) => {
    const { tx, ids, emit } = context;
    const locked = await lockType(context, ticketTypeId);
    if (locked === undefined) return notFound({ kind: 'ticket type', id: ticketTypeId });
    const { event, type: was } = locked;
    const window = await saleTimes(
      {
        saleFrom: saleFrom === undefined ? was.saleFrom : saleFrom,
        saleUntil: saleUntil === undefined ? was.saleUntil : saleUntil,
      },
      event.timezone,
    );
    if (isRefusal(window)) return window;
    const { timezone } = event;
    const terms = await writtenTerms({ hidden, requires }, { timezone, ids, was: was.terms });
    if (isRefusal(terms)) return terms;
    const wrong = await checkTypes(context, was.eventId, terms);
    if (wrong !== undefined) return wrong;
    const next = { ...was, ...given(changes), ...window, terms };
    await tx.events.ticketTypes.save(next, was);
    await catalogueChanged(context, was.eventId);
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
