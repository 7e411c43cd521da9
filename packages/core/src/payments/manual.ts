import type { PaymentProvider } from './provider.ts';

/**
 * Money that people move: cash, a bank transfer, a card terminal. It stays
 * pending until a member says that it came (`payments.confirm`). A refund is noted
 * as done: handing the money back is the business of whoever confirmed it.
 */
export function manualProvider(): PaymentProvider {
  return {
    create: async ({ reference }) => ({ state: 'pending', providerRef: `manual:${reference}` }),
    lookUp: async ({ reference }) => ({ state: 'pending', providerRef: `manual:${reference}` }),
    refund: async ({ reference }) => ({
      state: 'succeeded',
      providerRef: `manual:refund:${reference}`,
    }),
  };
}
