import * as z from 'zod';
import { Amount, isRefusal, notFound, write } from '../../kernel/index.ts';
import { unknownTicketType } from '../../pricing/index.ts';
import { membersOfEvent } from '../access.ts';
import { catalogueChanged } from '../catalogue-version.ts';
import { EventId, SessionId } from '../event.ts';
import { ambiguousTime, invalidTime } from '../local-time.ts';
import {
  eventClosed,
  poolOfOtherEvent,
  poolOfOtherSession,
  sessionOfOtherEvent,
  wrongPart,
} from '../refusals.ts';
import { ticketTypeResource } from '../resource.ts';
import { Draw, newTicketType, TicketType, TypeLimit, TypeSeating } from '../ticket-type.ts';
import { checkReferences, saleTimes, saleWindow } from '../ticket-type-input.ts';
import { checkTypes } from '../type-references.ts';
import { TermInputs, termProblems, writtenTerms } from '../type-terms.ts';

export const createTicketType = write({
  name: 'ticketTypes.create',
  summary: 'Adds a kind of ticket to an event, with its price and the pools that it draws on.',
  input: z
    .strictObject({
      eventId: EventId,
      name: z.string().trim().min(1).max(200),
      description: z.string().max(5000).default(''),
      price: Amount,
      draws: z
        .array(Draw)
        .max(20)
        .default([])
        .meta({
          description:
            'The pools that one of it takes from, and how many units of each. A seated type and a bundle need none.',
          examples: [[{ poolId: 'pol_01k0000000e008000000000000', units: 1 }]],
        }),
      seating: TypeSeating.default(null),
      sessionIds: z.array(SessionId).min(1).max(500).nullable().default(null),
      saleFrom: saleWindow.saleFrom.default(null),
      saleUntil: saleWindow.saleUntil.default(null),
      maxPerOrder: z.int().min(1).max(1000).default(10),
      maxPerBuyer: TypeLimit.default(null).meta({
        description: 'Tickets of the type that one buyer may have in all.',
      }),
      maxInAll: TypeLimit.default(null).meta({
        description: 'Tickets of the type altogether, held ones included.',
      }),
      kind: TermInputs.kind.default('ticket'),
      admissions: TermInputs.admissions.default(1),
      hidden: TermInputs.hidden.default(false),
      taxClass: TermInputs.taxClass.default('standard'),
      tiers: TermInputs.tiers.default([]),
      ownPrice: TermInputs.ownPrice.default(null),
      dynamic: TermInputs.dynamic.default(null),
      requires: TermInputs.requires.default(null),
      parts: TermInputs.parts.default(null),
    })
    .superRefine((facts, { addIssue }) => {
      for (const { path, message } of termProblems(facts)) {
        addIssue({ code: 'custom', path: [path], message });
      }
    }),
  output: TicketType,
  refusals: [
    eventClosed,
    poolOfOtherEvent,
    poolOfOtherSession,
    sessionOfOtherEvent,
    unknownTicketType,
    wrongPart,
    invalidTime,
    ambiguousTime,
  ],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, saleFrom, saleUntil, ...input }) => {
    const { tx, ids, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    const window = await saleTimes({ saleFrom, saleUntil }, event.timezone);
    if (isRefusal(window)) return window;
    const { name, description, price, seating, sessionIds, ...rest } = input;
    const { draws: drawn, maxPerOrder, maxPerBuyer, maxInAll, ...written } = rest;
    const limits = { maxPerOrder, maxPerBuyer, maxInAll };
    const terms = await writtenTerms(written, { timezone: event.timezone, ids });
    if (isRefusal(terms)) return terms;
    const wrong =
      (await checkReferences(context, event, input)) ?? (await checkTypes(context, eventId, terms));
    if (wrong !== undefined) return wrong;

    const draws = drawn.map(({ poolId, units = input.admissions }) => ({ poolId, units }));
    const facts = { name, description, price, draws, seating, sessionIds };
    const type = newTicketType(ids, event, { ...facts, ...limits, ...window, terms });
    await tx.events.ticketTypes.insert([type]);
    await catalogueChanged(context, eventId);
    const created = ticketTypeResource(type, event.currency);
    emit({
      type: 'ticket_type.created',
      organizerId: event.organizerId,
      eventId,
      subject: type.id,
      data: created,
    });
    return created;
  },
});
