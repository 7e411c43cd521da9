import * as z from 'zod';
import { Amount, isRefusal, notFound, write } from '../../kernel/index.ts';
import { membersOfEvent } from '../access.ts';
import { EventId, SessionId } from '../event.ts';
import { ambiguousTime, invalidTime } from '../local-time.ts';
import {
  eventClosed,
  poolOfOtherEvent,
  poolOfOtherSession,
  sessionOfOtherEvent,
} from '../refusals.ts';
import { ticketTypeResource } from '../resource.ts';
import { Draw, newTicketType, TicketType, TypeLimit, TypeSeating } from '../ticket-type.ts';
import { checkReferences, saleTimes, saleWindow } from '../ticket-type-input.ts';

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
            'The pools that one ticket takes from, and how many units of each. A seated type needs none.',
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
    })
    .superRefine(({ draws, seating }, { addIssue }) => {
      if (draws.length > 0 || seating !== null) return;
      addIssue({
        code: 'custom',
        path: ['draws'],
        message: 'A type without seats draws on a pool.',
      });
    }),
  output: TicketType,
  refusals: [
    eventClosed,
    poolOfOtherEvent,
    poolOfOtherSession,
    sessionOfOtherEvent,
    invalidTime,
    ambiguousTime,
  ],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, saleFrom, saleUntil, ...facts }) => {
    const { tx, ids, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    const window = await saleTimes({ saleFrom, saleUntil }, event.timezone);
    if (isRefusal(window)) return window;
    const wrong = await checkReferences(context, event, facts);
    if (wrong !== undefined) return wrong;

    const type = newTicketType(ids, event, { ...facts, ...window });
    await tx.events.ticketTypes.insert([type]);
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
