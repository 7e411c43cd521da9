import type * as z from 'zod';
import { type Listing, type ListingRecord, stateAt } from './listing.ts';
import { type ResalePolicy, type ResalePolicyRecord, termsFrom } from './policy.ts';
import { proceedsOf } from './price.ts';

/** A listing as its readers see it; the ticket behind it shows to its seller only. */
export function listingResource(
  listing: ListingRecord,
  view: { reserved: boolean; seller: boolean; now: string },
): Listing {
  const { terms, price, paid } = listing;
  const { buyerFee, sellerGets } = proceedsOf(terms, price, paid);
  return {
    id: listing.id,
    eventId: listing.eventId,
    ticketId: view.seller ? listing.ticketId : null,
    ticketTypeId: listing.ticketTypeId,
    name: listing.name,
    section: listing.section,
    seat: listing.seatLabel,
    groupId: listing.groupId,
    groupSize: listing.groupSize,
    soldWhole: listing.soldWhole,
    price,
    buyerFee,
    paid,
    sellerGets: view.seller ? sellerGets : null,
    currency: listing.currency,
    state: stateAt(listing, view),
    expiresAt: listing.expiresAt,
    createdAt: listing.createdAt,
    closedAt: listing.closedAt,
  };
}

/** Where an organizer has set no policy, resale is not allowed. */
export function policyResource(
  eventId: string,
  policy: Pick<ResalePolicyRecord, 'preset' | 'terms' | 'ticketTypes'> | undefined,
): z.output<typeof ResalePolicy> {
  const { preset = null, terms = termsFrom({ allowed: false }), ticketTypes = [] } = policy ?? {};
  return { eventId, ...terms, preset, ticketTypes: [...ticketTypes] };
}
