import * as z from 'zod';
import { InstantInput, systemOnly, type WriteContext, write } from '../../kernel/index.ts';
import { differences } from '../comparison.ts';
import { Discrepancy, discrepancyResource, noteDiscrepancy } from '../discrepancy.ts';
import type { PaymentRecord } from '../payment.ts';
import { Refund, refundResource } from '../resource.ts';
import { ProviderResult } from '../result.ts';
import type { Word } from '../settlement.ts';
import { noteUnknownPayment, paymentNamed } from '../take-message.ts';
import { takeResult } from '../take-result.ts';

export const comparePayment = write({
  name: 'payments.compare',
  summary:
    'Compares how a payment stands at its provider with the records: takes in what was missed, and keeps what contradicts them.',
  input: z.strictObject({
    provider: z.string().min(1).max(50),
    reference: z.string().max(255).nullable(),
    result: ProviderResult,
    at: InstantInput.optional().meta({
      description: 'When the provider was asked; now when left out.',
    }),
  }),
  output: z
    .object({
      settled: z.boolean().meta({ description: 'Whether it was news, and is taken in now.' }),
      refund: Refund.nullable().meta({ description: 'What has to go back now, if anything.' }),
      found: z.array(Discrepancy).meta({ description: 'What was not known to disagree before.' }),
    })
    .meta({ id: 'Comparison' }),
  allow: systemOnly,
  run: async (context, { provider, reference, result, at = context.now }) => {
    const payment = await paymentNamed(context, provider, reference, result.providerRef);
    if (payment === undefined) {
      if (result.state !== 'succeeded') return { settled: false, refund: null, found: [] };
      const unknown = await noteUnknownPayment(context, provider, reference, result);
      return { settled: false, refund: null, found: unknown.map(discrepancyResource) };
    }
    const taken = await takeResult(context, payment, { result, at });
    const differing =
      payment.settledAt !== null && payment.settledAt <= at && payment.state === 'succeeded'
        ? await noteDifferences(context, payment, { result, at })
        : [];
    return {
      settled: taken?.changed ?? false,
      refund: taken?.refund === undefined ? null : refundResource(taken.refund, taken.payment),
      found: [...(taken?.found ?? []), ...differing].map(discrepancyResource),
    };
  },
});

async function noteDifferences(context: WriteContext, payment: PaymentRecord, word: Word) {
  const refunds = await context.tx.payments.refunds.ofOrder(payment.orderId);
  const notes = differences(payment, refunds, word).map(({ kind, amount, detail }) =>
    noteDiscrepancy(context, {
      kind,
      payment,
      subject: payment.id,
      amount,
      currency: payment.currency,
      detail,
    }),
  );
  return (await Promise.all(notes)).flat();
}
