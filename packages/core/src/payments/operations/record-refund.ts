import * as z from 'zod';
import { idOf, notFound, systemOnly, write } from '../../kernel/index.ts';
import { Refund, refundResource } from '../resource.ts';
import { RefundAnswer } from '../result.ts';
import { noteUnanswered, takeRefundResult } from '../take-refund-result.ts';

export const recordRefund = write({
  name: 'payments.recordRefund',
  summary: 'Takes in what a provider says of a refund. It may be said twice.',
  input: z.strictObject({
    refundId: idOf('ref'),
    result: RefundAnswer,
    attempt: z.int().min(1).optional().meta({
      description: 'Which try was asked about; left out for what the provider tells by itself.',
    }),
  }),
  output: Refund,
  allow: systemOnly,
  run: async (context, { refundId, result, attempt }) => {
    const found = await context.tx.payments.refunds.find(refundId);
    const taken =
      found &&
      (result.state === 'unanswered'
        ? await noteUnanswered(context, found, result.reason, attempt)
        : await takeRefundResult(context, found, result, attempt));
    if (taken === undefined) return notFound({ kind: 'refund', id: refundId });
    return refundResource(taken.refund, taken.payment);
  },
});
