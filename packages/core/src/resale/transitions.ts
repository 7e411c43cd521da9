import type { EventRecord, SessionRecord } from '../events/index.ts';
import { type Instant, isRefusal, MAX_AMOUNT, type Refusal } from '../kernel/index.ts';
import { amountTooLarge } from '../pricing/index.ts';
import { accessIdOf, type TicketRecord } from '../tickets/index.ts';
import type { ListingRecord } from './listing.ts';
import { buyerFeeOf, priceCap, priceFloor, type ResaleTerms, windowOpen } from './policy.ts';
import {
  listingClosed,
  outsideResaleWindow,
  priceAboveCap,
  priceBelowFloor,
  resaleNotAllowed,
  ticketNotResellable,
} from './refusals.ts';

type OpenListing = Extract<ListingRecord, { state: 'open' }>;
export type ClosedListing = Exclude<ListingRecord, OpenListing>;

type ListingRefusal = Refusal<
  | 'resale_not_allowed'
  | 'outside_resale_window'
  | 'ticket_not_resellable'
  | 'price_above_cap'
  | 'price_below_floor'
  | 'amount_too_large'
>;

/** What a listing is decided on. */
export interface ListingFacts {
  readonly ticket: TicketRecord;
  readonly event: EventRecord;
  readonly sessions: readonly SessionRecord[];
  readonly terms: ResaleTerms;
  /** The listing that the ticket has already, if it is still open. */
  readonly before: ListingRecord | undefined;
}

/** A ticket of its holder -> an open listing at this price, frozen with the terms of now. */
export function listTicket(
  facts: ListingFacts,
  price: number,
  listing: { id: string; now: Instant },
): OpenListing | ListingRefusal {
  const { ticket, terms } = facts;
  const obstacle = obstacleTo(facts, listing.now);
  if (isRefusal(obstacle)) return obstacle;
  const { currency } = ticket;
  const cap = priceCap(terms, ticket);
  if (cap !== null && price > cap) return priceAboveCap({ cap, price, currency });
  const floor = priceFloor(terms, ticket);
  if (price < floor) return priceBelowFloor({ floor, price, currency });
  if (price + buyerFeeOf(terms, price) > MAX_AMOUNT) return amountTooLarge({ max: MAX_AMOUNT });
  return {
    id: listing.id,
    organizerId: ticket.organizerId,
    eventId: ticket.eventId,
    ticketId: ticket.id,
    ticketTypeId: ticket.ticketTypeId,
    name: ticket.name,
    sellerName: ticket.holderName,
    sellerEmail: ticket.holderEmail,
    sellerUserId: ticket.holderUserId,
    sellerHoldId: accessIdOf(ticket),
    price,
    currency,
    terms,
    state: 'open',
    createdAt: listing.now,
    closedAt: null,
    buyerOrderId: null,
    revision: 1,
  };
}

function obstacleTo(
  { ticket, event, sessions, terms, before }: ListingFacts,
  now: Instant,
): Refusal<'resale_not_allowed' | 'outside_resale_window' | 'ticket_not_resellable'> | undefined {
  const not = (
    why: 'void' | 'checked_in' | 'listed_already' | 'event_over' | 'event_not_published',
  ) => ticketNotResellable({ ticketId: ticket.id, why });
  if (!terms.allowed) return resaleNotAllowed({ eventId: event.id });
  if (ticket.state === 'void') return not('void');
  if (ticket.checkedInAt !== null) return not('checked_in');
  if (before !== undefined) return not('listed_already');
  if (event.state !== 'published') return not('event_not_published');
  if (sessions.every((session) => session.endsAt <= now)) return not('event_over');
  if (!windowOpen(terms, now)) {
    return outsideResaleWindow({ opensAt: terms.opensAt, closesAt: terms.closesAt });
  }
  return undefined;
}

/** open -> withdrawn, unless a buyer has it reserved. */
export function withdrawListing(
  listing: ListingRecord,
  reserved: boolean,
  now: Instant,
): ClosedListing | Refusal<'listing_closed'> {
  const closed = closedRefusal(listing, reserved);
  if (closed !== undefined) return closed;
  return close(listing, 'withdrawn', now);
}

/** open -> invalidated: the organizer or the event took the ticket away, reserved or not. */
export function invalidateListing(
  listing: ListingRecord,
  now: Instant,
): ClosedListing | Refusal<'listing_closed'> {
  const closed = closedRefusal(listing, false);
  if (closed !== undefined) return closed;
  return close(listing, 'invalidated', now);
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
  return { ...listing, state: 'sold', closedAt: now, buyerOrderId: orderId };
}

/** Why a listing can neither be bought nor changed; undefined: it can. */
export function closedRefusal(
  listing: ListingRecord,
  reserved: boolean,
): Refusal<'listing_closed'> | undefined {
  if (listing.state !== 'open') {
    return listingClosed({ listingId: listing.id, state: listing.state });
  }
  return reserved ? listingClosed({ listingId: listing.id, state: 'reserved' }) : undefined;
}

function close(
  listing: ListingRecord,
  state: 'withdrawn' | 'invalidated',
  now: Instant,
): ClosedListing {
  return { ...listing, state, closedAt: now, buyerOrderId: null };
}
