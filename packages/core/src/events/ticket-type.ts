import * as z from 'zod';
import { Amount, Currency, type Ids, Instant, idOf } from '../kernel/index.ts';
import { type TypeTerms, termFields } from '../pricing/index.ts';
import { EventId, SessionId } from './event.ts';

export const TicketTypeId = idOf('typ');

/** How many units of a pool one of the type takes. */
export const Draw = z.strictObject({
  poolId: idOf('pol'),
  units: z.int().min(1).max(1000).optional().meta({
    description:
      'Left out: one for each ticket that one of it makes. Of a group a multiple of those, so that each has its share.',
  }),
});

/** A type whose tickets have numbered seats. */
export const TypeSeating = z
  .strictObject({
    categories: z.array(z.string().min(1).max(32)).min(1).max(50).meta({
      description: 'The categories of the seat map that it sells. Several types may sell one.',
    }),
  })
  .nullable()
  .meta({ description: 'What seats a ticket of the type has; null: none.' });
export type TypeSeating = z.output<typeof TypeSeating>;

/** Tickets of one type. */
export const TypeLimit = z.int().min(1).max(1_000_000_000).nullable();

export const TicketType = z
  .object({
    id: TicketTypeId,
    eventId: EventId,
    name: z.string(),
    description: z.string(),
    price: Amount.meta({ description: 'List price of one ticket in minor units.' }),
    currency: Currency,
    draws: z.array(z.object({ poolId: idOf('pol'), units: z.int() })),
    seating: TypeSeating,
    sessionIds: z
      .array(SessionId)
      .nullable()
      .meta({ description: 'The sessions that it admits to; null means all.' }),
    saleFrom: Instant.nullable(),
    saleUntil: Instant.nullable(),
    maxPerOrder: z.int().meta({ description: 'Tickets of the type in one order.' }),
    maxPerBuyer: TypeLimit.meta({
      description: 'Tickets of the type that one buyer may have in all; null: no limit.',
    }),
    maxInAll: TypeLimit.meta({
      description:
        'Tickets of the type altogether, held ones included; null: what the pools allow.',
    }),
    ...termFields,
    state: z.enum(['on_sale', 'off_sale']),
    revision: z.int(),
  })
  .meta({ id: 'TicketType', description: 'What a buyer chooses: a kind of ticket with a price.' });

export interface TicketTypeRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly name: string;
  readonly description: string;
  readonly price: number;
  readonly draws: readonly { readonly poolId: string; readonly units: number }[];
  readonly seating: { readonly categories: readonly string[] } | null;
  readonly sessionIds: readonly string[] | null;
  readonly saleFrom: string | null;
  readonly saleUntil: string | null;
  readonly maxPerOrder: number;
  readonly maxPerBuyer: number | null;
  readonly maxInAll: number | null;
  readonly terms: TypeTerms;
  readonly state: 'on_sale' | 'off_sale';
  readonly revision: number;
}

/** A ticket type of the event as it begins: on sale. */
export function newTicketType(
  ids: Ids,
  event: { readonly id: string; readonly organizerId: string },
  facts: Omit<TicketTypeRecord, 'id' | 'organizerId' | 'eventId' | 'state' | 'revision'>,
): TicketTypeRecord {
  return {
    ...facts,
    id: ids.next('typ'),
    organizerId: event.organizerId,
    eventId: event.id,
    state: 'on_sale',
    revision: 1,
  };
}
