import { manualProvider, sandboxProvider } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerConformance } from '../src/index.ts';

const tools = { describe, it, expect, beforeAll, afterAll };

providerConformance(
  { name: 'manual', open: async () => ({ provider: manualProvider() }), methods: {} },
  tools,
);

for (const refunds of ['', '+refund_pending']) {
  providerConformance(
    {
      name: `the sandbox${refunds}`,
      open: async () => ({ provider: sandboxProvider({ secret: 'a secret' }) }),
      methods: { succeeds: `succeeds${refunds}`, declines: 'declines', staysOpen: 'never' },
    },
    tools,
  );
}
