import * as z from 'zod';
import { idOf, plusMinutes, read, systemOnly } from '../../kernel/index.ts';
import { stateAt } from '../../orders/index.ts';
import { Payment, paymentResource, Refund, refundResource } from '../resource.ts';

export const listDuePayments = read({
  name: 'payments.due',
  summary: 'Payments that no provider has settled for a while, and refunds still to be sent.',
  input: z.strictObject({
    olderThanMinutes: z.int().min(0).max(100_000).default(5),
    limit: z.int().min(1).max(1000).default(100),
    after: idOf('pay').optional().meta({ description: 'Only payments after this one.' }),
  }),
  output: z
    .object({
      payments: z.array(Payment.extend({ orderPending: z.boolean() })),
      refunds: z.array(Refund),
    })
    .meta({ id: 'DuePayments' }),
  allow: systemOnly,
  run: async ({ tx, now, providerNames }, { olderThanMinutes, limit, after }) => {
    const payments = await tx.payments.payments.unsettled({
      before: plusMinutes(now, -olderThanMinutes),
      // What people move by hand, people confirm: nobody else knows of it.
      providers: providerNames.filter((name) => name !== 'manual'),
      after,
      limit,
    });
    const orders = await tx.orders.orders.findMany(payments.map(({ orderId }) => orderId));
    const pending = new Set(
      orders.filter((order) => stateAt(order, now) === 'pending').map(({ id }) => id),
    );
    const refunds = await tx.payments.refunds.due(limit);
    const paid = new Map(
      (await tx.payments.payments.findMany(refunds.map(({ paymentId }) => paymentId))).map(
        (payment) => [payment.id, payment],
      ),
    );
    return {
      payments: payments.map((payment) => ({
        ...paymentResource(payment),
        orderPending: pending.has(payment.orderId),
      })),
      refunds: refunds.flatMap((refund) => {
        const payment = paid.get(refund.paymentId);
        return payment === undefined ? [] : [refundResource(refund, payment)];
      }),
    };
  },
});
