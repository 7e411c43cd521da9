import * as z from 'zod';
import {
  ambiguousTime,
  catalogueChanged,
  invalidTime,
  lockType,
  TermInputs,
  TicketType,
  TicketTypeId,
  termProblems,
  ticketTypeResource,
  writtenTerms,
} from '../../events/index.ts';
import { Amount, isRefusal, notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { termsConflict } from '../refusals.ts';

export const setPrices = write({
  name: 'prices.set',
  summary:
    'Changes what is given of a ticket type’s price: list price, tiers, steps, the buyer’s own. Holds keep the price they have.',
  input: z.strictObject({
    ticketTypeId: TicketTypeId,
    price: Amount.optional(),
    taxClass: TermInputs.taxClass.optional(),
    tiers: TermInputs.tiers.optional(),
    ownPrice: TermInputs.ownPrice.optional(),
    dynamic: TermInputs.dynamic.optional(),
  }),
  output: TicketType,
  refusals: [termsConflict, invalidTime, ambiguousTime],
  allow: members(
    'manage_events',
    async ({ tx }, { ticketTypeId }: { ticketTypeId: string }) =>
      (await tx.events.ticketTypes.find(ticketTypeId))?.organizerId,
  ),
  run: async (context, { ticketTypeId, price, ...written }) => {
    const { tx, ids, emit } = context;
    const locked = await lockType(context, ticketTypeId);
    if (locked === undefined) return notFound({ kind: 'ticket type', id: ticketTypeId });
    const { event, type: was } = locked;
    const terms = await writtenTerms(written, { timezone: event.timezone, ids, was: was.terms });
    if (isRefusal(terms)) return terms;
    const [problem] = termProblems({
      tiers: [...terms.tiers],
      ownPrice: terms.ownPrice,
      dynamic: terms.dynamic,
      kind: 'product',
    });
    if (problem !== undefined) return termsConflict({ field: problem.path, why: problem.message });
    const next = { ...was, price: price ?? was.price, terms };
    await tx.events.ticketTypes.save(next, was);
    await catalogueChanged(context, was.eventId);
    const set = ticketTypeResource({ ...next, revision: was.revision + 1 }, event.currency);
    emit({
      type: 'ticket_type.updated',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: ticketTypeId,
      data: set,
    });
    return set;
  },
});
