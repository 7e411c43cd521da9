import type { EventRecord, SessionRecord } from '../events/index.ts';
import { type Instant, MAX_AMOUNT, plusMinutes, type Refusal, sumOf } from '../kernel/index.ts';
import { amountTooLarge } from '../pricing/index.ts';
import { accessIdOf, type TicketRecord } from '../tickets/index.ts';
import { type ListingRecord, stateAt } from './listing.ts';
import type { ResaleTerms } from './policy.ts';
import {
  type Bounds,
  boundsOf,
  buyerFeeOf,
  groupBounds,
  paidOf,
  proceedsOf,
  splitPrice,
} from './price.ts';
import {
  heldTooShort,
  listingClosed,
  outsideResaleWindow,
  priceAboveCap,
  priceBelowFloor,
  primaryNotSoldOut,
  resaleLimitExceeded,
  resaleNotAllowed,
  ticketNotResellable,
} from './refusals.ts';
import { listingEnd, startOf, windowOf, windowOpen } from './window.ts';

export type OpenListing = Extract<ListingRecord, { state: 'open' }>;
export type ClosedListing = Exclude<ListingRecord, OpenListing>;

type Obstacle = Refusal<
  | 'resale_not_allowed'
  | 'outside_resale_window'
  | 'ticket_not_resellable'
  | 'held_too_short'
  | 'primary_not_sold_out'
>;
type PriceRefusal = Refusal<'price_above_cap' | 'price_below_floor' | 'amount_too_large'>;

/** What a listing is decided on. */
export interface ListingFacts {
  readonly ticket: TicketRecord;
  /** The first ticket of its place: what was paid at the first sale. */
  readonly first: Pick<TicketRecord, 'price' | 'fee'>;
  /** Since when it is its holder's; a new code does not begin that anew. */
  readonly heldSince: Instant;
  readonly event: EventRecord;
  /** The sessions that the ticket admits to. */
  readonly sessions: readonly SessionRecord[];
  /** When the ticket's type goes on sale; null: at once. */
  readonly saleFrom: Instant | null;
  readonly terms: ResaleTerms;
  /** Whether it is for sale already, or reserved still. */
  readonly isListed: boolean;
  /** Whether the ticket is offered to somebody as a transfer. */
  readonly pendingTransfer: boolean;
  /** Whether the organizer has places of its type left, where the policy asks. */
  readonly primaryLeft: boolean;
  readonly sellerKey: string;
}

/** What a seller has at an event already: tickets that are for sale, and those that were sold. */
export interface Listed {
  readonly open: number;
  readonly sold: number;
}

/** The tickets of a listing, and whether they are sold as a whole only. */
interface Lot {
  /** An id for each ticket. */
  readonly ids: readonly string[];
  /** Null: one ticket alone. */
  readonly groupId: string | null;
  readonly soldWhole: boolean;
  readonly now: Instant;
}

interface Stand {
  /** Whether a buyer has it reserved. */
  readonly reserved: boolean;
  readonly now: Instant;
}

/**
 * Tickets of their holder -> open listings that come to this price together, each
 * frozen with the terms of now. One ticket is a lot of its own.
 */
export function listTickets(
  facts: readonly ListingFacts[],
  price: number,
  { listed, ...lot }: Lot & { readonly listed: Listed },
): OpenListing[] | Obstacle | PriceRefusal | Refusal<'resale_limit_exceeded'> {
  const obstacle = obstacleToAll(facts, lot.now) ?? beyondLimits(facts, listed);
  if (obstacle !== undefined) return obstacle;
  const parts = facts.map(({ terms, ticket, first }) => {
    const paid = paidOf(terms, ticket, first);
    return { paid, ...boundsOf(terms, paid) };
  });
  const [{ currency } = { currency: '' }] = facts.map(({ ticket }) => ticket);
  const refused = priceRefusal(price, currency, groupBounds(parts));
  if (refused !== undefined) return refused;
  const prices = splitPrice(price, parts);
  const fees = sumOf([...facts.entries()], ([at, { terms }]) => buyerFeeOf(terms, prices[at] ?? 0));
  if (price + fees > MAX_AMOUNT) return amountTooLarge({ max: MAX_AMOUNT });
  return facts.map((own, at) => openListing(own, { ...lot, at, price: prices[at] ?? 0 }));
}

function openListing(
  { ticket, first, sessions, saleFrom, terms, sellerKey }: ListingFacts,
  {
    ids,
    at,
    price,
    groupId,
    soldWhole,
    now,
  }: Lot & { readonly at: number; readonly price: number },
): OpenListing {
  return {
    id: ids[at] ?? '',
    organizerId: ticket.organizerId,
    eventId: ticket.eventId,
    ticketId: ticket.id,
    ticketTypeId: ticket.ticketTypeId,
    name: ticket.name,
    section: ticket.seat?.section ?? null,
    seatLabel: ticket.seat?.label ?? null,
    startsAt: startOf(sessions),
    sellerName: ticket.holderName,
    sellerEmail: ticket.holderEmail,
    sellerUserId: ticket.holderUserId,
    sellerHoldId: accessIdOf(ticket),
    sellerKey,
    groupId,
    groupSize: ids.length,
    soldWhole,
    price,
    paid: paidOf(terms, ticket, first),
    currency: ticket.currency,
    terms,
    state: 'open',
    expiresAt: listingEnd(windowOf(terms, { sessions, saleFrom }), sessions),
    settleDueAt: null,
    refunded: 0,
    createdAt: now,
    closedAt: null,
    buyerOrderId: null,
    revision: 1,
  };
}

function obstacleToAll(facts: readonly ListingFacts[], now: Instant): Obstacle | undefined {
  const [first] = facts;
  for (const own of facts) {
    const { ticket } = own;
    const obstacle = obstacleTo(own, now);
    if (obstacle !== undefined) return obstacle;
    if (ticket.eventId !== first?.ticket.eventId) {
      return ticketNotResellable({ ticketId: ticket.id, why: 'other_event' });
    }
    if (own.sellerKey !== first.sellerKey) {
      return ticketNotResellable({ ticketId: ticket.id, why: 'other_holder' });
    }
  }
  return undefined;
}

/** Why a ticket cannot be listed at any price; undefined: it can. */
export function obstacleTo(facts: ListingFacts, now: Instant): Obstacle | undefined {
  const { ticket, event, sessions, terms } = facts;
  const not = (why: Parameters<typeof ticketNotResellable>[0]['why']) =>
    ticketNotResellable({ ticketId: ticket.id, why });
  if (!terms.allowed) return resaleNotAllowed({ eventId: event.id });
  if (ticket.state === 'void') return not('void');
  if (ticket.checkedInAt !== null) return not('checked_in');
  if (facts.isListed) return not('listed_already');
  if (facts.pendingTransfer) return not('transfer_pending');
  if (event.state !== 'published') return not('event_not_published');
  if (sessions.every((session) => session.endsAt <= now)) return not('event_over');
  const window = windowOf(terms, facts);
  if (!windowOpen(window, now)) return outsideResaleWindow({ ...window });
  const from = plusMinutes(facts.heldSince, terms.minHeldMinutes);
  if (now < from) return heldTooShort({ ticketId: ticket.id, from });
  if (facts.primaryLeft) return primaryNotSoldOut({ ticketTypeId: ticket.ticketTypeId });
  return undefined;
}

/** Why a seller who has listed so much may not list these too; undefined: they may. */
export function beyondLimits(
  facts: readonly ListingFacts[],
  { open, sold }: Listed,
): Refusal<'resale_limit_exceeded'> | undefined {
  for (const {
    terms: { maxOpen, maxInAll },
  } of facts) {
    if (maxOpen !== null && open + facts.length > maxOpen) {
      return resaleLimitExceeded({ limit: 'open', max: maxOpen, listed: open });
    }
    if (maxInAll !== null && open + sold + facts.length > maxInAll) {
      return resaleLimitExceeded({ limit: 'in_all', max: maxInAll, listed: open + sold });
    }
  }
  return undefined;
}

function priceRefusal(
  price: number,
  currency: string,
  { cap, floor }: Bounds,
): PriceRefusal | undefined {
  if (cap !== null && price > cap) return priceAboveCap({ cap, price, currency });
  if (price < floor) return priceBelowFloor({ floor, price, currency });
  return undefined;
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
  const parts = open.map(({ terms, paid }) => ({ paid, ...boundsOf(terms, paid) }));
  const refused = priceRefusal(price, open[0]?.currency ?? '', groupBounds(parts));
  if (refused !== undefined) return refused;
  const prices = splitPrice(price, parts);
  const next = open.map((listing, at) => ({ ...listing, price: prices[at] ?? 0 }));
  const pay = sumOf(next, (own) => own.price + buyerFeeOf(own.terms, own.price));
  return pay > MAX_AMOUNT ? amountTooLarge({ max: MAX_AMOUNT }) : next;
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

/** open -> withdrawn: a ticket that it was to be sold with is gone, reserved or not. */
export function breakGroup(
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
