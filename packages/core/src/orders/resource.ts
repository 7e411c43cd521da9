import type { Instant } from '../kernel/index.ts';
import type { PaymentRecord } from '../payments/index.ts';
import { amountDue, type Order, type OrderRecord, refundStateOf } from './order.ts';
import { stateAt } from './transitions.ts';

/** An order as its readers see it, with the newest of its payments. */
export function orderResource(
  order: OrderRecord,
  payment: PaymentRecord | undefined,
  now: Instant,
): Order {
  return {
    id: order.id,
    organizerId: order.organizerId,
    eventId: order.eventId,
    holdId: order.holdId,
    kind: order.kind,
    listingId: order.listingId,
    channel: order.channel,
    complimentaryReason: order.complimentaryReason,
    state: stateAt(order, now),
    buyer: { name: order.buyerName, email: order.buyerEmail },
    billing: order.billing,
    userId: order.userId,
    answers: [...(order.answers ?? [])],
    attendees: [...(order.attendees ?? [])],
    provider: order.provider,
    currency: order.currency,
    total: order.total,
    credited: order.credited,
    due: amountDue(order),
    giftCards: order.giftCards.map(({ giftCardId, lastFour, amount }) => ({
      giftCardId,
      lastFour,
      amount,
    })),
    refunded: order.refunded,
    givenBack: order.givenBack,
    refundState: refundStateOf(order),
    quote: order.quote,
    payment:
      payment === undefined
        ? null
        : {
            id: payment.id,
            provider: payment.provider,
            state: payment.state,
            action: payment.action,
            reason: payment.reason,
          },
    dueAt: order.dueAt,
    expiresAt: order.expiresAt,
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    cancelledAt: order.cancelledAt,
    accessToken: null,
  };
}
