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
  run: async (context, { olderThanMinutes, limit }) => {
    const counts = { checked: 0, refunded: 0, failed: 0 };
    const attempt = async (work: () => Promise<'checked' | 'refunded' | 'failed'>) => {
      try {
        counts[await work()] += 1;
      } catch (error) {
        // One that fails, as with a provider that is not set up any more, must not stop the rest.
        if (!(error instanceof TicketiError)) throw error;
        counts.failed += 1;
      }
    };

    const input = { olderThanMinutes, limit };
    let due = await context.callAsSystem(listDuePayments, input);
    const { refunds } = due;
    while (due.payments.length > 0) {
      for (const { orderPending, ...payment } of due.payments) {
        await attempt(async () => {
          await askProvider(context, payment, (provider) =>
            // A payment that never got an answer is begun again under the same reference, as long
            // as somebody is waiting for it.
            payment.providerRef === null && orderPending
              ? provider.create(requestOf(payment))
              : provider.lookUp({ reference: payment.id, providerRef: payment.providerRef }),
          );
          return 'checked';
        });
      }
      const after = due.payments.at(-1)?.id;
      due = await context.callAsSystem(listDuePayments, { ...input, after });
    }
    for (const refund of refunds) {
      await attempt(async () =>
        (await sendBack(context, refund)).state === 'succeeded' ? 'refunded' : 'failed',
      );
    }
    return counts;
  },
});
