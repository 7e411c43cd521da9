import { providerConformance } from '@ticketi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stripeProvider } from '../src/index.ts';
import { aStripeServer, WEBHOOK_SECRET } from './support/stripe-server.ts';

providerConformance(
  {
    name: 'Stripe',
    async open() {
      const server = await aStripeServer();
      const charged = () =>
        [...server.intents.values()].filter(({ status }) => status === 'succeeded').length;
      return {
        provider: stripeProvider({
          apiKey: 'sk_test_1',
          apiBase: server.apiBase,
          webhookSecret: WEBHOOK_SECRET,
        }),
        charges: charged,
        refunds: () => server.refunds.size,
        close: () => server.close(),
      };
    },
    methods: {
      succeeds: 'pm_card_visa',
      declines: 'pm_card_chargeDeclined',
      staysOpen: 'pm_card_authenticationRequired',
    },
  },
  { describe, it, expect, beforeAll, afterAll },
);
