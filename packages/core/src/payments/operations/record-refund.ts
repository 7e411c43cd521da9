import * as z from 'zod';
import { idOf, notFound, systemOnly, write } from '../../kernel/index.ts';
import { Refund, refundResource } from '../resource.ts';
import { RefundWord } from '../result.ts';
import { takeRefundResult } from '../take-refund-result.ts';

export const recordRefund = write({
  name: 'payments.recordRefund',
  summary: 'Takes in what a provider says of a refund. It may be said twice.',
  input: z.strictObject({
    refundId: idOf('ref'),
    result: RefundWord,
    attempt: z.int().min(1).optional().meta({
      description: 'Which try was asked about; left out for what the provider tells by itself.',
    }),
  }),
  output: Refund,
  allow: systemOnly,
  run: async (context, { refundId, result, attempt }) => {
    const found = await context.tx.payments.refunds.find(refundId);
    const taken = found && (await takeRefundResult(context, found, result, attempt));
    if (taken === undefined) return notFound({ kind: 'refund', id: refundId });
    return refundResource(taken.refund, taken.payment);
  },
});
