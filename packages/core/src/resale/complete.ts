import { isRefusal, type WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { listingsOfQuote } from '../pricing/index.ts';
import { handOver, type TicketRecord } from '../tickets/index.ts';
import { closeListing } from './close.ts';
import type { ListingRecord } from './listing.ts';
import { isOver } from './over.ts';
import { type Proceeds, proceedsOf } from './price.ts';
import { sellListing } from './transitions.ts';

/** What a completed resale of a ticket books. Minor units. */
export interface ResaleSale extends Proceeds {
  readonly ticketId: string;
  /** What the organizer's share is one of. */
  readonly shareOf: 'fees' | 'markup';
  /** What of the price went back to the seller's own payment. */
  readonly refunded: number;
}

/**
 * Whether a paid resale can go through: its listings are open at the price that was
 * paid, and their tickets still good and admit to something; for money that comes when
 * its reservation is over, and who sells may have asked another price since, also
 * whether their time is not. Locks them, tickets first, so the answer stands until the
 * commit.
 */
export async function canCompleteResale(
  context: WriteContext,
  { eventId, quote }: Pick<OrderRecord, 'eventId' | 'quote'>,
  { late = false }: { readonly late?: boolean } = {},
): Promise<boolean> {
  const { tx, now } = context;
  const asked = new Map(quote.lines.map(({ listingId, unitPrice }) => [listingId, unitPrice]));
  const ids = listingsOfQuote(quote);
  const sold = await lockSold(context, ids);
  const sessions = await tx.events.sessions.ofEvents([eventId]);
  return (
    ids.length > 0 &&
    sold.length === ids.length &&
    sold.every(
      ({ listing, ticket }) =>
        listing.state === 'open' &&
        listing.price === asked.get(listing.id) &&
        ticket.state === 'valid' &&
        ticket.checkedInAt === null &&
        !isOver(ticket, sessions, now) &&
        !(late && listing.expiresAt <= now),
    )
  );
}

/**
 * The sale itself: the listings are sold, the seller's tickets void and their codes
 * revoked, the buyer's tickets there with codes of their own. All of them, in the one
 * transaction. The caller has asked `canCompleteResale` in it.
 */
export async function completeResale(
  context: WriteContext,
  order: OrderRecord,
): Promise<ResaleSale[]> {
  const { now } = context;
  const sold = await lockSold(context, listingsOfQuote(order.quote));
  if (sold.length === 0) throw new Error(`Order ${order.id} has no listing.`);
  for (const [at, { listing: was, ticket }] of sold.entries()) {
    const next = sellListing(was, order.id, now);
    if (isRefusal(next)) throw new Error(`Listing ${was.id} cannot be sold: ${next.message}`);
    const { price, buyerFee } = proceedsOf(was.terms, was.price, was.paid);
    await handOver(context, ticket, {
      by: 'resold',
      orderId: order.id,
      holdId: order.holdId,
      holder: { name: order.buyerName, email: order.buyerEmail, userId: order.userId },
      attendee: order.attendees?.[at] ?? null,
      price,
      fee: buyerFee,
    });
    await closeListing(context, next, was);
  }
  return sold.map(({ listing }) => saleOfListing(listing));
}

/** The listings and their tickets, locked, in the order of the ids. */
async function lockSold(
  { tx }: WriteContext,
  ids: readonly string[],
): Promise<{ listing: ListingRecord; ticket: TicketRecord }[]> {
  const found = await tx.resale.listings.findMany(ids);
  const tickets = await tx.tickets.tickets.findForUpdate(found.map(({ ticketId }) => ticketId));
  const listings = await tx.resale.listings.findForUpdate(found.map(({ id }) => id));
  return ids.flatMap((id) => {
    const listing = listings.find((own) => own.id === id);
    const ticket = tickets.find((own) => own.id === listing?.ticketId);
    return listing && ticket ? [{ listing, ticket }] : [];
  });
}

/** What the sale of a listing books, from the terms that were frozen with it. */
export function saleOfListing({
  ticketId,
  terms,
  price,
  paid,
  refunded,
}: ListingRecord): ResaleSale {
  const shareOf = terms.organizerShare?.of ?? 'fees';
  return { ticketId, shareOf, refunded, ...proceedsOf(terms, price, paid) };
}
