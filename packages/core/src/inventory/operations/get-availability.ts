import * as z from 'zod';
import { EventId, maySee, type SessionRecord, type TicketTypeRecord } from '../../events/index.ts';
import {
  Amount,
  Currency,
  everyone,
  Instant,
  idOf,
  notFound,
  type ReadContext,
  read,
} from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { boundsOf } from '../free.ts';
import { Pool } from '../pool.ts';
import { poolResource } from '../resource.ts';
import { saleClosed, typeClosed } from '../sale.ts';
import { seatedSessions, viewFloor } from '../seats.ts';
import { standing } from '../standing.ts';
import { unused, usageOf } from '../usage.ts';

const Availability = z
  .object({
    eventId: EventId,
    at: Instant.meta({ description: 'The moment that it is true of.' }),
    cached: z.boolean().meta({ description: 'Whether it comes from a picture taken before.' }),
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
    pools: z
      .array(Pool)
      .nullable()
      .meta({ description: 'How full the pools are; null for who may not look that up.' }),
  })
  .meta({ id: 'Availability', description: 'What can be bought of an event at this moment.' });

export const getAvailability = read({
  name: 'availability.get',
  summary: 'What can be bought of an event now, by ticket type. Expired holds count as free.',
  input: z.strictObject({
    eventId: EventId,
    maxAgeMillis: z.int().min(0).max(1000).default(0).meta({
      description:
        'How old the answer may be, for pages that many look at. Above 0 it is what everybody may see.',
    }),
  }),
  output: Availability,
  allow: everyone,
  picture: {
    of: ({ eventId, maxAgeMillis }) =>
      maxAgeMillis === 0 ? undefined : { key: eventId, maxAgeMillis },
    cached: (answer) => ({ ...answer, cached: true }),
  },
  run: async (context, { eventId }) => {
    const { tx, now, actor } = context;
    const event = await tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    const types = await tx.events.ticketTypes.ofEvent(eventId);
    const drawn = types.flatMap(({ draws }) => draws.map(({ poolId }) => poolId));
    const limited = types.filter(({ maxInAll }) => maxInAll !== null).map(({ id }) => id);
    const stand = await standing(context, eventId, [...new Set([...drawn, ...limited])]);
    const bounds = {
      free: stand.available,
      taken: (id: string) => (stand.counter(id)?.claimed ?? 0) - stand.lapsed(id),
    };
    const seesPools = await mayAt(context, actor, event.organizerId, 'look_up');
    const seats = await seatsLeft(context, types, sessions);
    return {
      eventId,
      at: now,
      cached: false,
      currency: event.currency,
      ticketTypes: types.map((type) => ({
        ticketTypeId: type.id,
        name: type.name,
        price: type.price,
        onSale: (saleClosed(event, sessions, now, type) ?? typeClosed(type, now)) === undefined,
        available: least(boundsOf(type, bounds)[0]?.tickets, seats.get(type.id)),
      })),
      pools: seesPools ? await poolsOf(context, eventId) : null,
    };
  },
});

async function poolsOf(context: Parameters<typeof usageOf>[0], eventId: string) {
  const pools = await context.tx.inventory.pools.ofEvent(eventId);
  const poolIds = pools.map(({ id }) => id);
  const usage = await usageOf(context, eventId, poolIds);
  return pools.map((pool) => poolResource(pool, usage.get(pool.id) ?? { ...unused, capacity: 0 }));
}

/** The smaller of what places and seats allow; null: nothing limits it. */
function least(places: number | undefined, seats: number | undefined): number | null {
  if (places === undefined) return seats ?? null;
  return seats === undefined ? places : Math.min(places, seats);
}

/** Seats that each seated type could still sell. */
async function seatsLeft(
  context: ReadContext,
  types: readonly TicketTypeRecord[],
  sessions: readonly SessionRecord[],
): Promise<ReadonlyMap<string, number>> {
  const left = new Map<string, number>();
  const seated = types.filter(({ seating }) => seating !== null);
  if (seated.length === 0) return left;
  const floor = await viewFloor(
    context,
    sessions.map(({ id }) => id),
  );
  for (const type of seated) {
    const own = seatedSessions(type, sessions, context.now);
    left.set(type.id, await floor.left(own, type.seating?.categories ?? []));
  }
  return left;
}
