import * as z from 'zod';
import { systemOnly, workflow } from '../../kernel/index.ts';
import { askProvider, attemptEach, requestOf } from '../effects.ts';
import type { PaymentProvider, PaymentResult } from '../provider.ts';
import type { Payment } from '../resource.ts';
import { doneOfDue } from '../resource.ts';
import { leaseDuePayments } from './lease-due.ts';

export const settleDuePayments = workflow({
  name: 'payments.settleDue',
  summary:
    'Asks the providers about payments left open, and ends those that nobody waits for. Safe to run at any time, also twice at once.',
  input: z.strictObject({
    olderThanMinutes: z.int().min(0).max(100_000).default(5),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: doneOfDue,
  allow: systemOnly,
  run: async (context, input) => {
    const { payments } = await context.callAsSystem(leaseDuePayments, {
      ...input,
      work: 'payments',
    });
    return attemptEach(payments, async ({ wanted, over, ...payment }) => {
      await askProvider(context, payment, (provider) =>
        howItStands(provider, payment, { wanted, over }),
      );
      return undefined;
    });
  },
});

/**
 * A payment that never got an answer is begun again under the same reference, as long
 * as somebody waits for it. One that nobody waits for is ended where that can be.
 */
function howItStands(
  provider: PaymentProvider,
  payment: Payment,
  { wanted, over }: { wanted: boolean; over: boolean },
): Promise<PaymentResult> {
  const { id: reference, providerRef } = payment;
  if (wanted && providerRef === null) return provider.create(requestOf(payment));
  if (over && provider.cancel !== undefined) return provider.cancel({ reference, providerRef });
  return provider.lookUp({ reference, providerRef });
}
