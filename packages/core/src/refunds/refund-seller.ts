import { actorName, type WriteContext } from '../kernel/index.ts';
import { bookSellerRefund } from '../ledger/index.ts';
import { amountDue, type OrderRecord, refundStateOf } from '../orders/index.ts';
import { keptPayment, requestRefund } from '../payments/index.ts';
import { ticketsOfOrder } from './decide.ts';
import { type OrderRefundRecord, orderRefundResource } from './order-refund.ts';
import { roomOfSeller } from './seller-room.ts';
import { moneyGivenBack } from './split.ts';

/** What may go back to the buyer of an order for a ticket that they sold on. */
export interface SellerRefund {
  readonly ticketId: string;
  /** Minor units. */
  readonly most: number;
}

/**
 * Gives the buyer of an order back what its ticket brought at a resale, through the
 * provider that they paid with: no more than is left there, and nothing that their
 * other tickets are worth. Their place stays sold, so nothing of the first sale is
 * undone: it is taken from what they are owed as a seller. The caller holds the
 * order's lock. No credit note follows.
 */
export async function refundSeller(
  context: WriteContext,
  order: OrderRecord,
  { ticketId, most }: SellerRefund,
): Promise<{ order: OrderRecord; amount: number }> {
  const { tx, ids, now, actor, emit } = context;
  const { id: orderId, organizerId, eventId, currency } = order;
  const [before, tickets] = await Promise.all([
    tx.refunds.orderRefunds.ofOrder(orderId),
    ticketsOfOrder(context, orderId),
  ]);
  const payment = order.state === 'paid' ? await keptPayment(context, orderId) : undefined;
  const left = amountDue(order) - moneyGivenBack(before);
  const amount = Math.min(most, left, roomOfSeller({ order, before, tickets }));
  if (payment === undefined || amount <= 0) return { order, amount: 0 };
  const id = ids.next('orf');
  await bookSellerRefund(context, { id, organizerId, eventId, currency }, { ticketId, amount });
  const sent = await requestRefund(context, payment, { orderRefundId: id, amount });
  const refund: OrderRefundRecord = {
    id,
    organizerId,
    eventId,
    orderId,
    kind: 'resold',
    reason: null,
    policy: 'keep_prices',
    feesKept: false,
    percent: '100',
    currency,
    amount,
    units: order.quote.lines.map(() => 0),
    lines: [],
    ticketIds: [ticketId],
    platformFee: 0,
    taxes: [],
    means: [{ to: 'provider', paymentId: payment.id, refundId: sent.id, amount }],
    credit: 0,
    creditCardId: null,
    creditCode: null,
    runId: null,
    madeBy: actorName(actor),
    createdAt: now,
  };
  await tx.refunds.orderRefunds.insert([refund]);
  const next: OrderRecord = { ...order, givenBack: order.givenBack + amount };
  await tx.orders.orders.save(next, order);
  emit({
    type: 'order.refunded',
    organizerId,
    eventId,
    subject: orderId,
    data: {
      ...orderRefundResource(refund),
      order: {
        total: next.total,
        givenBack: next.givenBack,
        refundState: refundStateOf(next),
      },
    },
  });
  return { order: { ...next, revision: order.revision + 1 }, amount };
}
