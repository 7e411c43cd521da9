import * as z from 'zod';
import { systemOnly, TicketiError, workflow } from '../../kernel/index.ts';
import { askProvider, requestOf, sendBack } from '../effects.ts';
import { listDuePayments } from './list-due.ts';

export const reconcilePayments = workflow({
  name: 'payments.reconcile',
  summary:
    'Asks the providers about every payment left open and sends every refund still due. Safe to run at any time, also twice at once.',
  input: z.strictObject({
    olderThanMinutes: z.int().min(0).max(100_000).default(5),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z
    .object({
      checked: z.int(),
      refunded: z.int(),
      failed: z
        .int()
        .meta({ description: 'Providers that did not answer; tried again next time.' }),
    })
    .meta({ id: 'Reconciliation' }),
  allow: systemOnly,
  run: async (context, input) => {
    const due = await context.callAsSystem(listDuePayments, input);
    const counts = { checked: 0, refunded: 0, failed: 0 };
    for (const payment of due.payments) {
      try {
        await askProvider(context, payment, (provider) =>
          // A payment that never got an answer is begun again under the same reference.
          payment.providerRef === null
            ? provider.create(requestOf(payment))
            : provider.lookUp({ reference: payment.id, providerRef: payment.providerRef }),
        );
        counts.checked += 1;
      } catch (error) {
        if (!(error instanceof TicketiError)) throw error;
        counts.failed += 1;
      }
    }
    for (const refund of due.refunds) {
      const sent = await sendBack(context, refund);
      if (sent.state === 'succeeded') counts.refunded += 1;
      else counts.failed += 1;
    }
    return counts;
  },
});
