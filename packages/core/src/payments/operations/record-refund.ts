import * as z from 'zod';
import { idOf, notFound, systemOnly, write } from '../../kernel/index.ts';
import { bookRefund } from '../../ledger/index.ts';
import type { RefundRecord } from '../payment.ts';
import { Refund, refundResource } from '../resource.ts';

export const recordRefund = write({
  name: 'payments.recordRefund',
  summary: 'Takes in what a provider says of a refund. It may be said twice.',
  input: z.strictObject({
    refundId: idOf('ref'),
    result: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('succeeded'), providerRef: z.string() }),
      z.strictObject({ state: z.literal('failed'), reason: z.string() }),
    ]),
  }),
  output: Refund,
  allow: systemOnly,
  run: async (context, { refundId, result }) => {
    const { tx, now, emit } = context;
    const found = await tx.payments.refunds.find(refundId);
    const payment = found && (await tx.payments.payments.find(found.paymentId));
    if (found === undefined || payment === undefined) {
      return notFound({ kind: 'refund', id: refundId });
    }
    const [order] = await tx.orders.orders.findForUpdate([found.orderId]);
    const [was] = await tx.payments.refunds.findForUpdate([refundId]);
    if (order === undefined || was === undefined) {
      return notFound({ kind: 'refund', id: refundId });
    }
    if (was.state === 'succeeded') return refundResource(was, payment);
    const next: RefundRecord =
      result.state === 'succeeded'
        ? { ...was, state: 'succeeded', providerRef: result.providerRef, settledAt: now }
        : { ...was, state: 'failed' };
    await tx.payments.refunds.save(next, was);
    if (next.state === 'succeeded') {
      await bookRefund(context, next);
      // Money in another currency that came by mistake was never part of the order's.
      const inOrdersCurrency = next.currency === order.currency ? next.amount : 0;
      await tx.orders.orders.save({ ...order, refunded: order.refunded + inOrdersCurrency }, order);
    }
    const recorded = refundResource(next, payment);
    emit({
      type: `refund.${next.state}`,
      organizerId: next.organizerId,
      eventId: next.eventId,
      subject: refundId,
      data: recorded,
    });
    return recorded;
  },
});
