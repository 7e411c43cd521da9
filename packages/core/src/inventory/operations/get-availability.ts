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
import { type CodeRecord, type Demand, TypeKind, unitPrices } from '../../pricing/index.ts';
import { Codes } from '../asked.ts';
import { demandOf, watchedTargets } from '../demand.ts';
import { boundsOf, leastOf } from '../free.ts';
import { beyond, type Free, isKept, keptFor, wantedFor } from '../gate.ts';
import { Pool } from '../pool.ts';
import { poolResource } from '../resource.ts';
import { notSold } from '../sale.ts';
import { seatedSessions, viewFloor } from '../seats.ts';
import { openCodes, shownTypes } from '../shown-types.ts';
import { standing } from '../standing.ts';
import { reserveTarget } from '../target.ts';
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
        kind: TypeKind,
        price: Amount.meta({
          description:
            'What the next one costs now, before discounts, fees and taxes; of the buyer’s own price what is suggested.',
        }),
        listPrice: Amount,
        tier: z
          .object({
            id: idOf('tir'),
            name: z.string(),
            left: z.int().nullable().meta({ description: 'Sales at its price; null: any number.' }),
            until: Instant.nullable(),
          })
          .nullable()
          .meta({ description: 'The tier whose price it is; null: none.' }),
        onSale: z.boolean(),
        available: z
          .int()
          .nullable()
          .meta({ description: 'How many of this type could be held now; null: no limit.' }),
        waiting: z.boolean().meta({
          description:
            'Whether somebody waits for it: they come first, and `available` is what they leave.',
        }),
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
    codes: Codes.default([]).meta({
      description: 'Codes that unlock hidden types, or set places aside; the answer is then new.',
    }),
    maxAgeMillis: z.int().min(0).max(1000).default(0).meta({
      description:
        'How old the answer may be, for pages that many look at. Above 0 it is what everybody may see.',
    }),
  }),
  output: Availability,
  allow: everyone,
  picture: {
    of: ({ eventId, maxAgeMillis, codes }) =>
      maxAgeMillis === 0 || codes.length > 0 ? undefined : { key: eventId, maxAgeMillis },
    cached: (answer) => ({ ...answer, cached: true }),
  },
  run: async (context, { eventId, codes }) => {
    const { tx, now, actor } = context;
    const event = await tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    const types = await tx.events.ticketTypes.ofEvent(eventId);
    const ticketTypes = new Map(types.map((type) => [type.id, type]));
    const named = await openCodes(context, eventId, codes);
    const shown = await shownTypes(context, event, types, named);
    const isOpen = (type: TicketTypeRecord) =>
      notSold({ event, sessions, ticketTypes }, type, now) === undefined;
    const seats = await seatsLeft(context, types, sessions);
    const { stand, demand } = await standOf(context, ticketTypes, named);
    const kept = await keptNow(context, { event, sessions, ticketTypes }, stand);
    const left = {
      ...stand,
      ...beyond(stand, kept),
      isOpen,
      seats: (typeId: string) => seats.get(typeId),
    };
    const waiting = ({ id }: TicketTypeRecord) =>
      event.waited.includes(id) || isKept(kept, wantedFor({ ticketTypes }, id));
    const seesPools = await mayAt(context, actor, event.organizerId, 'look_up');
    return {
      eventId,
      at: now,
      cached: false,
      currency: event.currency,
      ticketTypes: shown.map((type) => ({
        ticketTypeId: type.id,
        name: type.name,
        kind: type.terms.kind,
        ...priceNow(type, now, demand),
        onSale: isOpen(type),
        available: leastOf(boundsOf(type, left)[0]?.leaves, seats.get(type.id)) ?? null,
        waiting: waiting(type),
      })),
      pools: seesPools ? await poolsOf(context, eventId) : null,
    };
  },
});

/** What is kept for who waits; nothing is read for it where nobody does. */
export async function keptNow(
  { tx, now }: ReadContext,
  sold: Parameters<typeof keptFor>[0],
  free: Free,
) {
  const waiting = sold.event.waited.length === 0 ? [] : await tx.waitlist.waiting(sold.event.id);
  return keptFor(sold, waiting, now, free);
}

/** What is free and taken of everything that limits these types or moves their price. */
export async function standOf(
  context: ReadContext,
  ticketTypes: ReadonlyMap<string, TicketTypeRecord>,
  codes: readonly CodeRecord[],
) {
  const types = [...ticketTypes.values()];
  const reserves = new Map(
    codes.flatMap(({ id, reserve }) => (reserve === null ? [] : [[reserve.ticketTypeId, id]])),
  );
  const targets = new Set([
    ...types.flatMap(({ draws }) => draws.map(({ poolId }) => poolId)),
    ...types.filter(({ maxInAll }) => maxInAll !== null).map(({ id }) => id),
    ...[...reserves.values()].map(reserveTarget),
    ...watchedTargets(types),
  ]);
  const [{ eventId = '' } = {}] = types;
  const stand = await standing(context, eventId, [...targets]);
  const taken = (id: string) => (stand.counter(id)?.claimed ?? 0) - stand.lapsed(id);
  const demand = demandOf(ticketTypes, (id) => {
    const counter = stand.counter(id);
    return counter && { taken: taken(id), capacity: counter.capacity };
  });
  return { stand: { ticketTypes, reserves, free: stand.available, taken }, demand };
}

/** What the next one of a type costs, and of which tier it is. */
function priceNow(type: TicketTypeRecord, now: Instant, demand: Demand) {
  const [next] = unitPrices(type, 1, { now, demand, own: undefined });
  const tier = type.terms.tiers.find(({ id }) => id === next?.tier?.id);
  return {
    price: next?.unitPrice ?? type.price,
    listPrice: type.price,
    tier:
      tier === undefined
        ? null
        : {
            id: tier.id,
            name: tier.name,
            left: tier.quantity === null ? null : demand.left(tier),
            until: tier.until,
          },
  };
}

async function poolsOf(context: Parameters<typeof usageOf>[0], eventId: string) {
  const pools = await context.tx.inventory.pools.ofEvent(eventId);
  const poolIds = pools.map(({ id }) => id);
  const usage = await usageOf(context, eventId, poolIds);
  return pools.map((pool) => poolResource(pool, usage.get(pool.id) ?? { ...unused, capacity: 0 }));
}

/** Seats that each seated type could still sell. */
export async function seatsLeft(
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
