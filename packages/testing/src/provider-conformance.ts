import type { PaymentProvider, PaymentRequest, PaymentResult } from '@ticketi/core';
import type { TestTools } from './conformance/suite.ts';

/** A provider on a service of the test's own, with nothing in it yet. */
export interface OpenedProvider {
  readonly provider: PaymentProvider;
  /** How often the service has taken money. Without it that is not looked at. */
  charges?(): number;
  /** How often the service has given money back. */
  refunds?(): number;
  close?(): Promise<void>;
}

export interface ProviderSubject {
  /** Names the provider in the titles of the tests. */
  readonly name: string;
  open(): Promise<OpenedProvider>;
  /** Ways to pay, in the provider's own terms. A way that it does not have is left out. */
  readonly methods: {
    /** The money is there at once. */
    readonly succeeds?: string;
    readonly declines?: string;
    /** The payment stays open until somebody does something. */
    readonly staysOpen?: string;
  };
}

/**
 * What every payment provider has to hold to, whatever service it speaks to: call
 * it in a test file of vitest, with the functions of vitest.
 *
 * ```ts
 * providerConformance(
 *   { name: 'my provider', open: async () => ({ provider }), methods: { succeeds: 'tok_visa' } },
 *   { describe, it, expect, beforeAll, afterAll },
 * );
 * ```
 */
export function providerConformance(subject: ProviderSubject, tools: TestTools): void {
  const { describe, it, expect } = tools;
  const { succeeds, declines, staysOpen } = subject.methods;
  let count = 0;

  const asked = (method: string | undefined): PaymentRequest => {
    count += 1;
    const reference = `pay_${String(count).padStart(26, '0')}`;
    return { reference, amount: 4900, currency: 'EUR', description: 'Order ord_1', method };
  };
  const refOf = ({ providerRef }: PaymentResult): string => {
    if (providerRef === null) throw new Error('The provider gave the payment no name.');
    return providerRef;
  };
  const within = async (work: (opened: OpenedProvider) => Promise<void>) => {
    const opened = await subject.open();
    try {
      await work(opened);
    } finally {
      await opened.close?.();
    }
  };

  describe(`${subject.name} as a payment provider of Ticketi`, () => {
    it.skipIf(succeeds === undefined)('says what really came, in minor units', () =>
      within(async ({ provider, charges }) => {
        const request = asked(succeeds);
        const { amount, currency } = request;
        const result = await provider.create(request);
        expect(result).toMatchObject({ state: 'succeeded', amount, currency });
        const name = { reference: request.reference, providerRef: refOf(result) };
        expect(await provider.lookUp(name)).toMatchObject({ state: 'succeeded', amount, currency });
        if (charges) expect(charges()).toBe(1);
      }),
    );

    it('takes money once, however often one reference comes', () =>
      within(async ({ provider, charges }) => {
        for (const method of new Set([succeeds, declines, staysOpen])) {
          const before = charges?.() ?? 0;
          const request = asked(method);
          const first = await provider.create(request);
          const [second, third] = await Promise.all([
            provider.create(request),
            provider.create(request),
          ]);
          for (const again of [second, third]) {
            expect(again.state).toBe(first.state);
            expect(again.providerRef).toBe(first.providerRef);
          }
          const most = first.state === 'succeeded' ? 1 : 0;
          if (charges) expect(charges() - before).toBe(most);
        }
      }));

    it.skipIf(declines === undefined)('says why it declines', () =>
      within(async ({ provider }) => {
        const result = await provider.create(asked(declines));
        expect(result).toMatchObject({ state: 'declined', reason: expect.stringMatching(/./) });
      }),
    );

    it('declines what it never heard of, or cannot tell yet, and starts nothing', () =>
      within(async ({ provider, charges }) => {
        // Who takes money by hand waits for it, and knows of nothing that was not begun.
        const { reference } = asked(undefined);
        const state = await provider.lookUp({ reference, providerRef: null }).then(
          (result) => result.state,
          () => 'unknown',
        );
        expect(['declined', 'unknown', ...(succeeds === undefined ? ['pending'] : [])]).toContain(
          state,
        );
        if (charges) expect(charges()).toBe(0);
      }));

    it('ends a payment that is open, once and for all, where it offers that', () =>
      within(async ({ provider }) => {
        if (provider.cancel === undefined) return;
        const nobody = { reference: asked(undefined).reference, providerRef: null };
        expect(await provider.cancel(nobody)).toMatchObject({ state: 'cancelled' });
        if (staysOpen !== undefined) {
          const request = asked(staysOpen);
          const open = await provider.create(request);
          const name = { reference: request.reference, providerRef: refOf(open) };
          expect(await provider.cancel(name)).toMatchObject({ state: 'cancelled' });
          expect(await provider.cancel(name)).toMatchObject({ state: 'cancelled' });
        }
        if (succeeds !== undefined) {
          const request = asked(succeeds);
          const paid = await provider.create(request);
          const name = { reference: request.reference, providerRef: refOf(paid) };
          expect(await provider.cancel(name)).toMatchObject({ state: 'succeeded' });
        }
      }));

    it.skipIf(succeeds === undefined)('gives money back once for one reference', () =>
      within(async ({ provider, refunds }) => {
        const paid = await provider.create(asked(succeeds));
        const refund = {
          reference: `ref_${String(count).padStart(26, '0')}`,
          providerRef: refOf(paid),
          amount: 900,
          currency: 'EUR',
          attempt: 1,
        };
        const first = await provider.refund(refund);
        expect(['succeeded', 'pending']).toContain(first.state);
        const again = await provider.refund(refund);
        expect(again.providerRef).toBe(first.providerRef);
        if (refunds) expect(refunds()).toBe(1);
        const { reference, providerRef: paymentRef } = refund;
        const name = { reference, providerRef: first.providerRef ?? null, paymentRef };
        if (provider.lookUpRefund === undefined) return;
        expect(await provider.lookUpRefund(name)).toMatchObject({
          providerRef: first.providerRef,
        });
      }),
    );

    it('believes no webhook that is not signed, whatever is in it', () =>
      within(async ({ provider }) => {
        if (provider.parseWebhook === undefined) return;
        const bodies = ['', '{}', '[]', 'null', '{"messages":[]}', '\u0000', 'x'.repeat(10_000)];
        for (const text of bodies) {
          const body = new TextEncoder().encode(text);
          const read = await provider.parseWebhook({ headers: {}, body });
          expect(read).toMatchObject({ verified: false, reason: expect.stringMatching(/./) });
        }
        const bytes = { headers: {}, body: new Uint8Array([0xff, 0x00, 0xfe]) };
        expect(await provider.parseWebhook(bytes)).toMatchObject({ verified: false });
      }));

    it('lists what it has, and comes to an end', () =>
      within(async ({ provider }) => {
        if (provider.list === undefined) return;
        const request = asked(succeeds ?? staysOpen);
        await provider.create(request);
        const seen: (string | null)[] = [];
        let cursor: string | null = null;
        for (let pages = 0; pages < 100; pages++) {
          const page: Awaited<ReturnType<NonNullable<PaymentProvider['list']>>> =
            await provider.list({ since: '2000-01-01T00:00:00.000Z', cursor });
          seen.push(...page.payments.map(({ reference }) => reference));
          cursor = page.cursor;
          if (cursor === null) break;
        }
        expect(cursor).toBeNull();
        expect(seen.filter((reference) => reference === request.reference)).toHaveLength(1);
      }));
  });
}
