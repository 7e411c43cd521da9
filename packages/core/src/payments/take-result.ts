import { keepCredit, secureCredit } from '../gift-cards/index.ts';
import { secureClaims } from '../inventory/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import { bookUnexpectedPayment } from '../ledger/index.ts';
import { canFulfil, fulfilOrder, type OrderRecord } from '../orders/index.ts';
import { type DiscrepancyRecord, noteDiscrepancy } from './discrepancy.ts';
import type { PaymentRecord } from './payment.ts';
import type { RefundReason, RefundRecord } from './refund.ts';
import { paymentResource, refundResource } from './resource.ts';
import { settle, type Word } from './settlement.ts';

/** How a payment stands after a provider's word. */
interface Taken {
  readonly order: OrderRecord;
  readonly payment: PaymentRecord;
  /** What has to go back now, if anything. */
  readonly refund: RefundRecord | undefined;
  readonly changed: boolean;
  /** What people have to look at. */
  readonly found: readonly DiscrepancyRecord[];
}

interface Place {
  readonly id: string;
  readonly eventId: string;
  readonly orderId: string;
}

/**
 * Takes a provider's word on a payment in, under the lock of its order: the order
 * is paid and has its tickets, or the money goes back. Undefined: no such payment.
 */
export async function takeResult(
  context: WriteContext,
  { id, eventId, orderId }: Place,
  word: Word,
): Promise<Taken | undefined> {
  const { tx, now } = context;
  // The event before the order, as whoever cancels it does: it takes place, or not, until the
  // commit. The order's row is the lock for all that happens to it and its payments.
  const [event, [order], [was]] = await Promise.all([
    tx.events.events.findForShare(eventId),
    tx.orders.orders.findForUpdate([orderId]),
    tx.payments.payments.findForUpdate([id]),
  ]);
  if (order === undefined || was === undefined) return undefined;
  const settlement = settle(order, was, word, now);
  if (settlement.do === 'none') {
    const found = await noteContradiction(context, was, word);
    return { order, payment: was, refund: undefined, changed: false, found };
  }
  const { payment } = settlement;
  await tx.payments.payments.save(payment, was);
  const unpaid = { order, payment, refund: undefined, changed: true, found: [] };
  if (settlement.do === 'retold') return { ...unpaid, changed: false };
  announce(context, payment);
  if (settlement.do === 'note') return unpaid;
  if (settlement.do === 'return') {
    return { ...unpaid, refund: await giveBack(context, payment, settlement) };
  }
  // Gift cards before places, as everybody locks them; written when both are there.
  const credit = (await canFulfil(context, order, event))
    ? await secureCredit(context, order)
    : undefined;
  if (credit !== undefined && (await secureClaims(context, order.eventId, order.holdId))) {
    await keepCredit(context, order, credit);
    return { ...unpaid, order: await fulfilOrder(context, order) };
  }
  const refund = await giveBack(context, payment, {
    received: payment.amount,
    currency: payment.currency,
    reason: 'late_payment',
  });
  return { ...unpaid, refund };
}

/**
 * A payment that came is final: when the provider then names another charge for it,
 * or another amount, people have to look.
 */
async function noteContradiction(
  context: WriteContext,
  payment: PaymentRecord,
  { result }: Word,
): Promise<readonly DiscrepancyRecord[]> {
  if (result.state !== 'succeeded' || payment.state !== 'succeeded') return [];
  // The names of what people confirm are our own: they tell no charges apart.
  if (payment.provider !== 'manual' && result.providerRef !== payment.providerRef) {
    return noteDiscrepancy(context, {
      kind: 'charged_twice',
      payment,
      subject: result.providerRef,
      amount: result.amount,
      currency: result.currency,
      detail: `The provider says that the buyer paid as ${payment.providerRef} and as ${result.providerRef} too.`,
    });
  }
  const received = await receivedFor(context, payment);
  if (result.amount === received.amount && result.currency === received.currency) return [];
  return noteDiscrepancy(context, {
    kind: 'other_amount',
    payment,
    subject: payment.id,
    amount: result.amount,
    currency: result.currency,
    detail: `The provider now says ${result.amount} ${result.currency}, and said ${received.amount} ${received.currency} before.`,
  });
}

/** What came: the payment's own amount, unless another one was sent back. */
async function receivedFor(
  { tx }: WriteContext,
  payment: PaymentRecord,
): Promise<{ amount: number; currency: string }> {
  const refunds = await tx.payments.refunds.ofOrder(payment.orderId);
  const wrong = refunds.find(
    ({ paymentId, reason }) => paymentId === payment.id && reason === 'wrong_amount',
  );
  const { amount, currency } = wrong ?? payment;
  return { amount, currency };
}

/** Books money that came for nothing, and records that it goes back in full. */
async function giveBack(
  context: WriteContext,
  payment: PaymentRecord,
  { received, currency, reason }: { received: number; currency: string; reason: RefundReason },
): Promise<RefundRecord> {
  const { tx, ids, now, emit } = context;
  const refund: RefundRecord = {
    id: ids.next('ref'),
    organizerId: payment.organizerId,
    eventId: payment.eventId,
    orderId: payment.orderId,
    paymentId: payment.id,
    orderRefundId: null,
    amount: received,
    currency,
    reason,
    state: 'requested',
    providerRef: null,
    attempt: 1,
    failure: null,
    dueAt: now,
    createdAt: now,
    settledAt: null,
    revision: 1,
  };
  await bookUnexpectedPayment(context, payment, received, currency);
  await tx.payments.refunds.insert([refund]);
  emit({
    type: 'refund.requested',
    organizerId: refund.organizerId,
    eventId: refund.eventId,
    subject: refund.id,
    data: { ...refundResource(refund, payment), reason },
  });
  return refund;
}

function announce({ emit }: WriteContext, payment: PaymentRecord): void {
  emit({
    type: `payment.${payment.state}`,
    organizerId: payment.organizerId,
    eventId: payment.eventId,
    subject: payment.id,
    data: paymentResource(payment),
  });
}
