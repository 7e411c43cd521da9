import * as z from 'zod';
import { plusMinutes, read, systemOnly } from '../../kernel/index.ts';
import { Payment, paymentResource, Refund, refundResource } from '../resource.ts';

export const listDuePayments = read({
  name: 'payments.due',
  summary: 'Payments that no provider has settled for a while, and refunds still to be sent.',
  input: z.strictObject({
    olderThanMinutes: z.int().min(0).max(100_000).default(5),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z
    .object({ payments: z.array(Payment), refunds: z.array(Refund) })
    .meta({ id: 'DuePayments' }),
  allow: systemOnly,
  run: async ({ tx, now }, { olderThanMinutes, limit }) => {
    const payments = await tx.payments.payments.unsettled(
      plusMinutes(now, -olderThanMinutes),
      limit,
    );
    const refunds = await tx.payments.refunds.due(limit);
    const paid = new Map(
      (await tx.payments.payments.findMany(refunds.map(({ paymentId }) => paymentId))).map(
        (payment) => [payment.id, payment],
      ),
    );
    return {
      payments: payments.map(paymentResource),
      refunds: refunds.flatMap((refund) => {
        const payment = paid.get(refund.paymentId);
        return payment === undefined ? [] : [refundResource(refund, payment)];
      }),
    };
  },
});
