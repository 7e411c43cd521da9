import { isRefusal, type WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { handOver } from '../tickets/index.ts';
import { closeListing } from './close.ts';
import type { ListingRecord } from './listing.ts';
import { buyerFeeOf, sellerFeeOf } from './policy.ts';
import { sellListing } from './transitions.ts';

/** What a completed resale books. Minor units. */
export interface ResaleSale {
  readonly ticketId: string;
  readonly price: number;
  readonly sellerFee: number;
  readonly buyerFee: number;
}

/**
 * Whether a paid resale can go through: its listing is open and its ticket is
 * still good. Locks both, ticket first, so the answer stands until the commit.
 */
export async function canCompleteResale(
  { tx }: WriteContext,
  order: Pick<OrderRecord, 'listingId'>,
): Promise<boolean> {
  const found = order.listingId && (await tx.resale.listings.find(order.listingId));
  if (!found) return false;
  const [ticket] = await tx.tickets.tickets.findForUpdate([found.ticketId]);
  const [listing] = await tx.resale.listings.findForUpdate([found.id]);
  return listing?.state === 'open' && ticket?.state === 'valid' && ticket.checkedInAt === null;
}

/**
 * The sale itself: the listing is sold, the seller's ticket void and its code
 * revoked, the buyer's ticket there with its own code. The caller has asked
 * `canCompleteResale` in the same transaction.
 */
export async function completeResale(
  context: WriteContext,
  order: OrderRecord,
): Promise<ResaleSale> {
  const { tx, now } = context;
  const [was] = order.listingId ? await tx.resale.listings.findForUpdate([order.listingId]) : [];
  if (was === undefined) throw new Error(`Order ${order.id} has no listing.`);
  const [ticket] = await tx.tickets.tickets.findForUpdate([was.ticketId]);
  if (ticket === undefined) throw new Error(`Listing ${was.id} has no ticket.`);
  const sold = sellListing(was, order.id, now);
  if (isRefusal(sold)) throw new Error(`Listing ${was.id} cannot be sold: ${sold.message}`);

  await handOver(context, ticket, {
    by: 'resold',
    orderId: order.id,
    holdId: order.holdId,
    holder: { name: order.buyerName, email: order.buyerEmail, userId: order.userId },
    attendee: order.attendees?.[0] ?? null,
    price: was.price,
    fee: buyerFeeOf(was.terms, was.price),
  });
  await closeListing(context, sold, was);
  return saleOfListing(was);
}

/** What the sale of a listing books, from the terms that were frozen with it. */
export function saleOfListing({ ticketId, terms, price }: ListingRecord): ResaleSale {
  return {
    ticketId,
    price,
    sellerFee: sellerFeeOf(terms, price),
    buyerFee: buyerFeeOf(terms, price),
  };
}
