import type { WriteContext } from '../kernel/index.ts';
import { bookRefund } from '../ledger/index.ts';
import { type DiscrepancyRecord, noteDiscrepancy } from './discrepancy.ts';
import type { PaymentRecord } from './payment.ts';
import type { RefundResult } from './provider.ts';
import { type RefundRecord, settleRefund } from './refund.ts';
import { refundResource } from './resource.ts';

interface Taken {
  readonly refund: RefundRecord;
  readonly payment: PaymentRecord;
  readonly changed: boolean;
  readonly found: readonly DiscrepancyRecord[];
}

/**
 * Takes a provider's word on a refund in, under the lock of its order; it is
 * booked when the money has gone. Undefined: no such refund.
 *
 * @param attempt which try was asked about; undefined for a message that came by itself
 */
export async function takeRefundResult(
  context: WriteContext,
  { id, orderId, paymentId }: Pick<RefundRecord, 'id' | 'orderId' | 'paymentId'>,
  result: RefundResult,
  attempt: number | undefined,
): Promise<Taken | undefined> {
  const { tx, now } = context;
  const payment = await tx.payments.payments.find(paymentId);
  const [order] = await tx.orders.orders.findForUpdate([orderId]);
  const [was] = await tx.payments.refunds.findForUpdate([id]);
  if (order === undefined || was === undefined || payment === undefined) return undefined;
  const known = { refund: was, payment, changed: false, found: [] };
  const settlement = settleRefund(was, result, attempt, now);
  if (settlement.do === 'none') return known;
  if (settlement.do === 'reversed') {
    return { ...known, found: await noteReversed(context, payment, was) };
  }
  if (settlement.do === 'doubled') {
    return { ...known, found: await noteDoubled(context, payment, was, result.providerRef) };
  }
  const { refund } = settlement;
  await tx.payments.refunds.save(refund, was);
  if (refund.state !== was.state || refund.attempt !== was.attempt) {
    announce(context, refund, payment);
  }
  if (settlement.do === 'note') return { ...known, refund, changed: true };
  await bookRefund(context, refund);
  // Money in another currency that came by mistake was never part of the order's.
  const inOrdersCurrency = refund.currency === order.currency ? refund.amount : 0;
  await tx.orders.orders.save({ ...order, refunded: order.refunded + inOrdersCurrency }, order);
  const found = settlement.again ? await noteReversed(context, payment, refund) : [];
  return { refund, payment, changed: true, found };
}

/** Keeps why a try of a refund could not be made; it is due as before. Undefined: no such refund. */
export async function noteUnanswered(
  { tx }: WriteContext,
  { id, paymentId }: Pick<RefundRecord, 'id' | 'paymentId'>,
  reason: string,
  attempt: number | undefined,
): Promise<Pick<Taken, 'refund' | 'payment'> | undefined> {
  const payment = await tx.payments.payments.find(paymentId);
  const [was] = await tx.payments.refunds.findForUpdate([id]);
  if (was === undefined || payment === undefined) return undefined;
  const isOver = was.state === 'succeeded' || was.attempt !== attempt;
  if (isOver || was.failure === reason) return { refund: was, payment };
  const refund = { ...was, failure: reason };
  await tx.payments.refunds.save(refund, was);
  return { refund, payment };
}

/** The provider has said of one refund that it was done and that it failed, in whichever order. */
function noteReversed(context: WriteContext, payment: PaymentRecord, refund: RefundRecord) {
  return noteDiscrepancy(context, {
    kind: 'refund_reversed',
    payment,
    subject: refund.id,
    amount: refund.amount,
    currency: refund.currency,
    detail: 'The provider says of this refund that it was done and that it failed.',
  });
}

function noteDoubled(
  context: WriteContext,
  payment: PaymentRecord,
  refund: RefundRecord,
  other: string | undefined,
) {
  return noteDiscrepancy(context, {
    kind: 'refunded_twice',
    payment,
    subject: refund.id,
    amount: refund.amount,
    currency: refund.currency,
    detail: `The provider says that it was done as ${refund.providerRef} and as ${other} too.`,
  });
}

function announce({ emit }: WriteContext, refund: RefundRecord, payment: PaymentRecord): void {
  emit({
    type: `refund.${refund.state}`,
    organizerId: refund.organizerId,
    eventId: refund.eventId,
    subject: refund.id,
    data: refundResource(refund, payment),
  });
}
