import type * as z from 'zod';
import type { Listing, ListingRecord } from './listing.ts';
import { buyerFeeOf, type ResalePolicy, type ResaleTerms } from './policy.ts';

/** A listing as its readers see it; the ticket behind it shows to its seller only. */
export function listingResource(
  listing: ListingRecord,
  view: { reserved: boolean; seller: boolean },
): Listing {
  return {
    id: listing.id,
    eventId: listing.eventId,
    ticketId: view.seller ? listing.ticketId : null,
    ticketTypeId: listing.ticketTypeId,
    name: listing.name,
    price: listing.price,
    buyerFee: buyerFeeOf(listing.terms, listing.price),
    currency: listing.currency,
    state: listing.state === 'open' && view.reserved ? 'reserved' : listing.state,
    createdAt: listing.createdAt,
    closedAt: listing.closedAt,
  };
}

export function policyResource(eventId: string, terms: ResaleTerms): z.output<typeof ResalePolicy> {
  return { eventId, ...terms };
}
