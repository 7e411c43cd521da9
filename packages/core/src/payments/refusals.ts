import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const providerUnreachable = refusal('provider_unreachable', {
  kind: 'busy',
  meaning: 'The payment provider did not answer; the payment is recorded and can be repeated.',
  details: z.object({ provider: z.string(), paymentId: z.string() }),
  hint: 'Pay again: the same payment is used, so nothing is charged twice.',
  message: ({ provider }) => `The payment provider ${provider} did not answer.`,
});

export const notManual = refusal('not_manual', {
  kind: 'conflict',
  meaning: 'Only payments of the manual provider are confirmed by hand.',
  details: z.object({ paymentId: z.string(), provider: z.string() }),
  message: ({ provider }) => `This payment is in the hands of ${provider}.`,
});
