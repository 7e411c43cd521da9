import * as z from 'zod';
import { Instant, idOf, read, systemOnly } from '../../kernel/index.ts';
import { Payment, paymentResource } from '../resource.ts';

export const listSettled = read({
  name: 'payments.settled',
  summary: 'Payments of a provider that succeeded since then, in the order in which they did.',
  input: z.strictObject({
    provider: z.string().min(1).max(50),
    since: Instant,
    after: idOf('pay').optional().meta({ description: 'Only payments after this one.' }),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z.object({ payments: z.array(Payment) }).meta({ id: 'SettledPayments' }),
  allow: systemOnly,
  run: async ({ tx }, { after, ...settled }) => {
    const payments = await tx.payments.payments.settledSince({ ...settled, after });
    return { payments: payments.map(paymentResource) };
  },
});
