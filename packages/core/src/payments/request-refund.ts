import type { WriteContext } from '../kernel/index.ts';
import type { PaymentRecord } from './payment.ts';
import type { RefundRecord } from './refund.ts';
import { refundResource } from './resource.ts';

/** The payment that bought an order: the one whose money was not sent back as bought nothing. */
export async function keptPayment(
  { tx }: Pick<WriteContext, 'tx'>,
  orderId: string,
): Promise<PaymentRecord | undefined> {
  const [payments, refunds] = await Promise.all([
    tx.payments.payments.ofOrders([orderId]),
    tx.payments.refunds.ofOrder(orderId),
  ]);
  const strayed = new Set(
    refunds.flatMap(({ paymentId, orderRefundId }) => (orderRefundId === null ? [paymentId] : [])),
  );
  return payments.find(({ id, state }) => state === 'succeeded' && !strayed.has(id));
}

/**
 * Records that a part of what a payment brought goes back, for a refund of its order
 * that is booked already. Sending it is a later step: `sendBack`, or `payments.reconcile`.
 */
export async function requestRefund(
  { tx, ids, now, emit }: WriteContext,
  payment: PaymentRecord,
  { orderRefundId, amount }: { orderRefundId: string; amount: number },
): Promise<RefundRecord> {
  const { organizerId, eventId, orderId, currency } = payment;
  const refund: RefundRecord = {
    id: ids.next('ref'),
    organizerId,
    eventId,
    orderId,
    paymentId: payment.id,
    orderRefundId,
    amount,
    currency,
    reason: 'requested',
    state: 'requested',
    providerRef: null,
    attempt: 1,
    failure: null,
    dueAt: now,
    createdAt: now,
    settledAt: null,
    revision: 1,
  };
  await tx.payments.refunds.insert([refund]);
  emit({
    type: 'refund.requested',
    organizerId,
    eventId,
    subject: refund.id,
    data: { ...refundResource(refund, payment), reason: refund.reason },
  });
  return refund;
}
