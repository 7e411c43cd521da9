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
    section: z.string().nullable().meta({ description: 'Of a numbered seat; null: it has none.' }),
    seat: z.string().nullable().meta({ description: 'Label of its seat; null: it has none.' }),
    groupId: idOf('lsg').nullable().meta({
      description: 'The same for tickets that were listed together; null: it was listed alone.',
    }),
    groupSize: z.int().meta({ description: 'Tickets that were listed together; 1: it alone.' }),
    soldWhole: z.boolean().meta({ description: 'Whether its group is sold as a whole only.' }),
    price: Amount.meta({ description: 'What the seller asks, without the buyer’s fee.' }),
    buyerFee: Amount,
    paid: Amount.meta({
      description:
        'What was paid for it, as the policy counts it: by the seller, or at the first sale.',
    }),
    sellerGets: Amount.nullable().meta({
      description: 'What of the price is the seller’s; shown to them only.',
    }),
    currency: Currency,
    state: z.enum(['open', 'reserved', 'sold', 'withdrawn', 'expired', 'invalidated']),
    expiresAt: Instant.meta({ description: 'When it ends by itself, unless it is reserved.' }),
    createdAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'Listing', description: 'A ticket for sale by its holder.' });
export type Listing = z.output<typeof Listing>;

/** What became of a seller's proceeds, as facts tell it. */
export const ListingSettled = z.object({
  id: ListingId,
  ticketId: idOf('tkt'),
  currency: Currency,
  refunded: Amount.meta({ description: 'What went back to the seller’s own payment.' }),
  owed: Amount.meta({ description: 'What is still owed to them.' }),
});

interface ListingFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly ticketId: string;
  readonly ticketTypeId: string;
  readonly name: string;
  readonly section: string | null;
  readonly seatLabel: string | null;
  /** When the first session of its ticket begins; null: there is none. */
  readonly startsAt: string | null;
  readonly sellerName: string;
  readonly sellerEmail: string;
  readonly sellerUserId: string | null;
  /** What the token is of that opens the seller's ticket, for sellers who are guests. */
  readonly sellerHoldId: string;
  /** The seller as limits know them (`buyerKeyOf`). */
  readonly sellerKey: string;
  /** Null: it was listed alone. */
  readonly groupId: string | null;
  readonly groupSize: number;
  readonly soldWhole: boolean;
  readonly price: number;
  /** What was paid for the ticket, as the terms count it: by the seller, or at the first sale. */
  readonly paid: number;
  readonly currency: string;
  /** The policy as it stood when the ticket was listed. */
  readonly terms: ResaleTerms;
  readonly expiresAt: string;
  /** Since when a refund of the seller is due; null: none is, or it was made. */
  readonly settleDueAt: string | null;
  /** What of the price went back to the seller's own payment. */
  readonly refunded: number;
  readonly createdAt: string;
  readonly revision: number;
}

/**
 * `reserved` is not stored: a listing is reserved while its counter has a live
 * claim, which lapses by itself. `open` past its `expiresAt` is an expired one,
 * whether or not a sweep has written so.
 */
export type ListingRecord = ListingFacts &
  (
    | { readonly state: 'open'; readonly closedAt: null; readonly buyerOrderId: null }
    | { readonly state: 'sold'; readonly closedAt: string; readonly buyerOrderId: string }
    | {
        readonly state: 'withdrawn' | 'expired' | 'invalidated';
        readonly closedAt: string;
        readonly buyerOrderId: null;
      }
  );

export type OpenListing = Extract<ListingRecord, { state: 'open' }>;
export type ClosedListing = Exclude<ListingRecord, OpenListing>;

/** How a listing stands at an instant, for who knows whether somebody has it reserved. */
export function stateAt(
  { state, expiresAt }: ListingRecord,
  { reserved, now }: { readonly reserved: boolean; readonly now: string },
): Listing['state'] {
  if (state !== 'open') return state;
  if (reserved) return 'reserved';
  return expiresAt <= now ? 'expired' : 'open';
}
