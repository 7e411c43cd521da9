import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const orderNotPending = refusal('order_not_pending', {
  kind: 'conflict',
  meaning: 'The order is paid, expired or cancelled already.',
  details: z.object({
    orderId: z.string(),
    state: z.enum(['paid', 'expired', 'cancelled']),
  }),
  message: ({ orderId, state }) => `Order ${orderId} is ${state}.`,
});

export const unknownProvider = refusal('unknown_provider', {
  kind: 'invalid',
  meaning: 'No such payment provider is set up.',
  details: z.object({ provider: z.string(), known: z.array(z.string()) }),
  hint: 'Name one of the known providers, or pass it to createTicketi as `payments`.',
  message: ({ provider, known }) =>
    `There is no payment provider ${provider}; there is ${known.join(', ')}.`,
});
