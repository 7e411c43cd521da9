import type { HoldRecord } from '../inventory/index.ts';
import type { Ids, Instant } from '../kernel/index.ts';
import type { Quote } from '../pricing/index.ts';
import type { OrderRecord } from './order.ts';
import type { PlaceOrder } from './place-input.ts';
import { searchTextOf } from './search.ts';

/** What was found out while the hold was made an order. */
interface Found extends Pick<OrderRecord, 'answers' | 'attendees' | 'credited' | 'giftCards'> {
  readonly quote: Quote;
  readonly isPaid: boolean;
  readonly expiresAt: Instant;
}

/** The order that a hold becomes, waiting for its money. */
export function newOrder(
  ids: Ids,
  hold: HoldRecord,
  { buyer, billing, payment, channel, complimentary }: PlaceOrder,
  { quote, isPaid, expiresAt, ...found }: Found,
  now: Instant,
): OrderRecord {
  return {
    ...found,
    id: ids.next('ord'),
    organizerId: hold.organizerId,
    eventId: hold.eventId,
    holdId: hold.id,
    kind: hold.listingId === null ? 'primary' : 'resale',
    listingId: hold.listingId,
    channel,
    complimentaryReason: complimentary?.reason ?? null,
    state: 'pending',
    buyerName: buyer.name,
    buyerEmail: buyer.email,
    buyerSearch: searchTextOf(buyer),
    billing: billing ?? null,
    userId: hold.userId,
    provider: isPaid ? null : payment.provider,
    currency: quote.currency,
    total: quote.total,
    refunded: 0,
    givenBack: 0,
    quote,
    dueAt: isPaid || payment.termDays === undefined ? null : expiresAt,
    expiresAt,
    createdAt: now,
    paidAt: null,
    cancelledAt: null,
    revision: 1,
  };
}
