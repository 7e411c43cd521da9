import * as z from 'zod';
import { idOf, notFound, read } from '../../kernel/index.ts';
import { paymentParties } from '../access.ts';
import { Payment, paymentResource } from '../resource.ts';

export const getPayment = read({
  name: 'payments.get',
  summary: 'One payment.',
  input: z.strictObject({ paymentId: idOf('pay') }),
  output: Payment,
  allow: paymentParties('look_up'),
  run: async ({ tx }, { paymentId }) => {
    const payment = await tx.payments.payments.find(paymentId);
    if (payment === undefined) return notFound({ kind: 'payment', id: paymentId });
    return paymentResource(payment);
  },
});
