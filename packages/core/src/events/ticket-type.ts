import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';
import { EventId, SessionId } from './event.ts';

export const TicketTypeId = idOf('typ');

/** How many units of a pool one ticket of the type takes. */
export const Draw = z.strictObject({
  poolId: idOf('pol'),
  units: z.int().min(1).max(1000).default(1),
});

export const TicketType = z
  .object({
    id: TicketTypeId,
    eventId: EventId,
    name: z.string(),
    description: z.string(),
    price: Amount.meta({ description: 'List price of one ticket in minor units.' }),
    currency: Currency,
    draws: z.array(z.object({ poolId: idOf('pol'), units: z.int() })),
    sessionIds: z
      .array(SessionId)
      .nullable()
      .meta({ description: 'The sessions that it admits to; null means all.' }),
    saleFrom: Instant.nullable(),
    saleUntil: Instant.nullable(),
    maxPerOrder: z.int(),
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
  readonly sessionIds: readonly string[] | null;
  readonly saleFrom: string | null;
  readonly saleUntil: string | null;
  readonly maxPerOrder: number;
  readonly state: 'on_sale' | 'off_sale';
  readonly revision: number;
}
