import * as z from 'zod';
import { Amount, Instant, idOf } from '../kernel/index.ts';
import { type KnownBuyer, Quote } from '../pricing/index.ts';
import { type HeldSeat, Seat, SeatLabel } from '../seating/index.ts';
import type { BuyerLimit } from './limits.ts';

export const HoldId = idOf('hld');

export const HoldItem = z
  .strictObject({
    ticketTypeId: idOf('typ'),
    quantity: z.int().min(1).max(1000),
    amount: Amount.optional().meta({
      description:
        'What the buyer pays for each, of a type that leaves it to them; left out: what is suggested.',
    }),
    seats: z
      .array(SeatLabel)
      .min(1)
      .max(1000)
      .optional()
      .meta({
        description: 'The seats, one for each ticket; left out, the best available are chosen.',
        examples: [['stalls-C-12', 'stalls-C-13']],
      }),
  })
  .refine(({ quantity, seats = [] }) => seats.length === 0 || seats.length === quantity, {
    path: ['seats'],
    message: 'Name as many seats as tickets, or none.',
  });
export type HoldItem = z.output<typeof HoldItem>;

/** How many tickets of a type. */
export type TypeCount = Pick<HoldItem, 'ticketTypeId' | 'quantity'>;

/** The same, with the buyer's own amount where the type leaves the price to them. */
export interface PricedItem extends TypeCount {
  readonly amount?: number | undefined;
}

/** An item as a hold keeps it, with the seats that its tickets have. */
export interface HeldItem {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly seats?: readonly HeldSeat[];
}

export const Hold = z
  .object({
    id: HoldId,
    eventId: idOf('evt'),
    state: z.enum(['active', 'expired', 'ordered', 'released']),
    userId: z.string().nullable().meta({ description: 'The signed-in buyer; null: a guest.' }),
    items: z.array(
      z.object({
        ticketTypeId: idOf('typ'),
        quantity: z.int(),
        seats: z.array(Seat).optional().meta({ description: 'Of a seated ticket type.' }),
      }),
    ),
    listingId: idOf('lst').nullable(),
    quote: Quote,
    expiresAt: Instant,
    extendedAt: Instant.nullable().meta({ description: 'When it was extended: once at most.' }),
    createdAt: Instant,
    accessToken: z.string().nullable().meta({
      description:
        'What a guest shows to place the order and to see its tickets; null for signed-in users, who show themselves.',
    }),
  })
  .meta({ id: 'Hold', description: "A buyer's places and price, kept until it expires." });
export type Hold = z.output<typeof Hold>;

/** `active` past its `expiresAt` is an expired hold: no worker has to say so. */
export interface HoldRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly state: 'active' | 'ordered' | 'released';
  /** The signed-in buyer; null: a guest with an access token. */
  readonly userId: string | null;
  readonly items: readonly HeldItem[];
  /** The listing it reserves, when it is a resale; its items are then empty. */
  readonly listingId: string | null;
  readonly quote: Quote;
  /** Who buys, as limits know them (`buyerKeyOf`); null: a guest who has not said. */
  readonly buyerKey: string | null;
  /** What of the buyer its price depends on, and whether it is paid in coins; null: nothing. */
  readonly asked: { readonly buyer: KnownBuyer; readonly isCash: boolean } | null;
  /** The limits per buyer that its items fall under. */
  readonly limits: readonly BuyerLimit[];
  readonly expiresAt: string;
  /** When it was extended; once at most. */
  readonly extendedAt: string | null;
  readonly createdAt: string;
  readonly revision: number;
}
