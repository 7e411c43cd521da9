import * as z from 'zod';
import { EventId, maySee, type TicketTypeRecord } from '../../events/index.ts';
import { Amount, Currency, everyone, Instant, idOf, notFound, read } from '../../kernel/index.ts';
import { saleClosed, typeClosed } from '../selection.ts';
import { type Standing, standing } from '../standing.ts';

const Availability = z
  .object({
    eventId: EventId,
    at: Instant,
    currency: Currency,
    ticketTypes: z.array(
      z.object({
        ticketTypeId: idOf('typ'),
        name: z.string(),
        price: Amount,
        onSale: z.boolean(),
        available: z
          .int()
          .nullable()
          .meta({ description: 'Tickets of this type that could be held now; null: no limit.' }),
      }),
    ),
  })
  .meta({ id: 'Availability', description: 'What can be bought of an event at this moment.' });

export const getAvailability = read({
  name: 'availability.get',
  summary: 'What can be bought of an event now, by ticket type. Expired holds count as free.',
  input: z.strictObject({ eventId: EventId }),
  output: Availability,
  allow: everyone,
  run: async (context, { eventId }) => {
    const { tx, now } = context;
    const event = await tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    const closed = saleClosed(event, sessions, now) !== undefined;
    const types = await tx.events.ticketTypes.ofEvent(eventId);
    const pools = new Set(types.flatMap(({ draws }) => draws.map(({ poolId }) => poolId)));
    const stand = await standing(context, eventId, [...pools]);
    return {
      eventId,
      at: now,
      currency: event.currency,
      ticketTypes: types.map((type) => ({
        ticketTypeId: type.id,
        name: type.name,
        price: type.price,
        onSale: !closed && typeClosed(type, now) === undefined,
        available: availableOf(type, stand),
      })),
    };
  },
});

/** As many as the tightest of the type's pools has room for; null: all are unlimited. */
function availableOf({ draws }: TicketTypeRecord, stand: Standing): number | null {
  const limits = draws.flatMap(({ poolId, units }) => {
    const free = stand.available(poolId);
    return free === null ? [] : [Math.max(0, Math.floor(free / units))];
  });
  return limits.length === 0 ? null : Math.min(...limits);
}
