import { type Instant, isRefusal, type Refusal } from '../kernel/index.ts';
import { askedPrices, type PriceRefusal } from './asked-price.ts';
import { type ClosedListing, type ListingRecord, type OpenListing, stateAt } from './listing.ts';
import { proceedsOf } from './price.ts';
import { listingClosed } from './refusals.ts';

interface Stand {
  /** Whether a buyer has it reserved. */
  readonly reserved: boolean;
  readonly now: Instant;
}

/**
 * Open listings at another price together, within the terms that they were made
 * under: of a group that is sold whole all of them, else one.
 */
export function repriceListings(
  listings: readonly ListingRecord[],
  price: number,
  stand: Stand,
): OpenListing[] | PriceRefusal | Refusal<'listing_closed'> {
  const open: OpenListing[] = [];
  for (const listing of listings) {
    const closed = closedRefusal(listing, stand);
    if (closed !== undefined) return closed;
    if (listing.state === 'open') open.push(listing);
  }
  const prices = askedPrices(open, price, open[0]?.currency ?? '');
  if (isRefusal(prices)) return prices;
  return open.map((listing, at) => ({ ...listing, price: prices[at] ?? 0 }));
}

/** open -> withdrawn, unless a buyer has it reserved or its time is over. */
export function withdrawListing(
  listing: ListingRecord,
  stand: Stand,
): ClosedListing | Refusal<'listing_closed'> {
  const closed = closedRefusal(listing, stand);
  if (closed !== undefined) return closed;
  return close(listing, 'withdrawn', stand.now);
}

/** open -> expired, when its time is over and nobody has it reserved. */
export function expireListing(listing: ListingRecord, stand: Stand): ClosedListing | undefined {
  if (listing.state !== 'open' || stateAt(listing, stand) !== 'expired') return undefined;
  return close(listing, 'expired', stand.now);
}

/** open -> invalidated: the organizer or the event took the ticket away, reserved or not. */
export function invalidateListing(
  listing: ListingRecord,
  now: Instant,
): ClosedListing | Refusal<'listing_closed'> {
  if (listing.state !== 'open') {
    return listingClosed({ listingId: listing.id, state: listing.state });
  }
  return close(listing, 'invalidated', now);
}

/** open -> withdrawn, reserved or not: its ticket was used, or one that it was to be sold with is gone. */
export function withdrawAnyhow(
  listing: ListingRecord,
  now: Instant,
): ClosedListing | Refusal<'listing_closed'> {
  if (listing.state !== 'open') {
    return listingClosed({ listingId: listing.id, state: listing.state });
  }
  return close(listing, 'withdrawn', now);
}

/** open -> sold to the order that paid. */
export function sellListing(
  listing: ListingRecord,
  orderId: string,
  now: Instant,
): ClosedListing | Refusal<'listing_closed'> {
  if (listing.state !== 'open') {
    return listingClosed({ listingId: listing.id, state: listing.state });
  }
  const { terms, price, paid } = listing;
  const isOwedBack =
    terms.settlement === 'refund_and_rebuy' && proceedsOf(terms, price, paid).sellerGets > 0;
  return {
    ...listing,
    state: 'sold',
    closedAt: now,
    buyerOrderId: orderId,
    settleDueAt: isOwedBack ? now : null,
  };
}

/** Why a listing can neither be bought nor changed; undefined: it can. */
export function closedRefusal(
  listing: ListingRecord,
  stand: Stand,
): Refusal<'listing_closed'> | undefined {
  const state = stateAt(listing, stand);
  return state === 'open' ? undefined : listingClosed({ listingId: listing.id, state });
}

function close(
  listing: ListingRecord,
  state: 'withdrawn' | 'expired' | 'invalidated',
  now: Instant,
): ClosedListing {
  return { ...listing, state, closedAt: now, buyerOrderId: null };
}
