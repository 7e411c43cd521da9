import { type Instant, isRefusal, type Refusal } from '../kernel/index.ts';
import { accessIdOf } from '../tickets/index.ts';
import { askedPrices, type PriceRefusal } from './asked-price.ts';
import { beyondLimits, type Listed } from './limits.ts';
import type { OpenListing } from './listing.ts';
import { type ListingFacts, type Obstacle, obstacleToAll } from './obstacles.ts';
import { paidOf } from './price.ts';
import { listingEnd, startOf, windowOf } from './window.ts';

/** The tickets of a listing, and whether they are sold as a whole only. */
interface Lot {
  /** An id for each ticket. */
  readonly ids: readonly string[];
  /** Null: one ticket alone. */
  readonly groupId: string | null;
  readonly soldWhole: boolean;
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
  const paid = facts.map(({ terms, ticket, first }) => ({
    terms,
    paid: paidOf(terms, ticket, first),
  }));
  const prices = askedPrices(paid, price, facts[0]?.ticket.currency ?? '');
  if (isRefusal(prices)) return prices;
  const ends = facts.map(({ terms, sessions, saleFrom }) =>
    listingEnd(windowOf(terms, { sessions, saleFrom }), sessions),
  );
  // What nobody may buy a part of is over with the first of it.
  const [first] = [...ends].sort();
  return facts.map((own, at) => {
    const expiresAt = (lot.soldWhole ? first : ends[at]) ?? lot.now;
    return openListing(own, { ...lot, at, price: prices[at] ?? 0, expiresAt });
  });
}

function openListing(
  { ticket, first, sessions, terms, sellerKey }: ListingFacts,
  {
    ids,
    at,
    price,
    groupId,
    soldWhole,
    expiresAt,
    now,
  }: Lot & { readonly at: number; readonly price: number; readonly expiresAt: Instant },
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
    expiresAt,
    settleDueAt: null,
    refunded: 0,
    createdAt: now,
    closedAt: null,
    buyerOrderId: null,
    revision: 1,
  };
}
