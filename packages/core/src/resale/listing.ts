import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';
import type { ResaleTerms } from './policy.ts';

export const ListingId = idOf('lst');

export const Listing = z
  .object({
    id: ListingId,
    eventId: idOf('evt'),
    ticketId: idOf('tkt').nullable().meta({ description: 'Shown to the seller only.' }),
    ticketTypeId: idOf('typ'),
    name: z.string(),
    price: Amount.meta({ description: 'What the seller asks, without the buyer’s fee.' }),
    buyerFee: Amount,
    currency: Currency,
    state: z.enum(['open', 'reserved', 'sold', 'withdrawn', 'invalidated']),
    createdAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'Listing', description: 'A ticket for sale by its holder.' });
export type Listing = z.output<typeof Listing>;

interface ListingFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly ticketId: string;
  readonly ticketTypeId: string;
  readonly name: string;
  readonly sellerName: string;
  readonly sellerEmail: string;
  readonly sellerUserId: string | null;
  /** What the token is of that opens the seller's ticket, for sellers who are guests. */
  readonly sellerHoldId: string;
  readonly price: number;
  readonly currency: string;
  /** The policy as it stood when the ticket was listed. */
  readonly terms: ResaleTerms;
  readonly createdAt: string;
  readonly revision: number;
}

/**
 * `reserved` is not stored: a listing is reserved while its counter has a live
 * claim, which lapses by itself.
 */
export type ListingRecord = ListingFacts &
  (
    | { readonly state: 'open'; readonly closedAt: null; readonly buyerOrderId: null }
    | { readonly state: 'sold'; readonly closedAt: string; readonly buyerOrderId: string }
    | {
        readonly state: 'withdrawn' | 'invalidated';
        readonly closedAt: string;
        readonly buyerOrderId: null;
      }
  );
