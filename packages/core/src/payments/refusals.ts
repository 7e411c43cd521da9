import * as z from 'zod';
import { formatAmount, refusal } from '../kernel/index.ts';

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

export const notEnoughTendered = refusal('not_enough_tendered', {
  kind: 'invalid',
  meaning: 'Less cash was handed over than the order costs; nothing is sold.',
  details: z.object({ tendered: z.int(), due: z.int(), currency: z.string() }),
  message: ({ tendered, due, currency }) =>
    `${formatAmount(tendered, currency)} is not enough for ${formatAmount(due, currency)}.`,
});

export const webhooksNotRead = refusal('webhooks_not_read', {
  kind: 'missing',
  meaning: 'The payment provider is set up without webhooks, or has none.',
  details: z.object({ provider: z.string() }),
  hint: 'Set the provider up with the secret of its webhooks.',
  message: ({ provider }) => `No webhooks of ${provider} are taken in.`,
});

export const webhookNotVerified = refusal('webhook_not_verified', {
  kind: 'invalid',
  meaning: 'The webhook is not signed by the payment provider, or was changed on its way.',
  details: z.object({ provider: z.string(), why: z.string() }),
  hint: 'Is the secret the one of this endpoint, and does the body arrive byte for byte?',
  message: ({ provider, why }) => `This is no webhook of ${provider}: ${why}.`,
});

export const discrepancyResolved = refusal('discrepancy_resolved', {
  kind: 'conflict',
  meaning: 'Somebody has resolved this discrepancy already.',
  details: z.object({ discrepancyId: z.string(), resolution: z.string() }),
  message: ({ resolution }) => `It is resolved already: ${resolution}`,
});
