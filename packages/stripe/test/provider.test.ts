import type { PaymentProvider } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stripeProvider } from '../src/index.ts';
import { aStripeServer, type StripeServer, WEBHOOK_SECRET } from './support/stripe-server.ts';

let server: StripeServer;
let provider: PaymentProvider;
beforeEach(async () => {
  server = await aStripeServer();
  provider = stripeProvider({
    apiKey: 'sk_test_1',
    apiBase: server.apiBase,
    retries: 0,
    timeout: 2000,
  });
});
afterEach(() => server.close());

const asked = (method?: string, reference = 'pay_1') => ({
  reference,
  amount: 4900,
  currency: 'EUR',
  description: 'Order ord_1',
  method,
});
const paid = { state: 'succeeded', amount: 4900, currency: 'EUR' };
const posts = () => server.log.filter((line) => line === 'POST /v1/payment_intents').length;

describe('a payment through Stripe', () => {
  it('is charged at once where a method is given', async () => {
    const result = await provider.create(asked('pm_card_visa'));
    expect(result).toMatchObject(paid);
    const [intent] = server.intents.values();
    expect(intent).toMatchObject({
      amount: 4900,
      currency: 'eur',
      description: 'Order ord_1',
      metadata: { ticketi_reference: 'pay_1' },
    });
  });

  it('waits for the front end without one: the action is the client secret', async () => {
    const result = await provider.create(asked());
    expect(result).toMatchObject({ state: 'requires_action', action: 'pi_000001_secret' });
    server.settle('pi_000001', 'succeeded');
    const name = { reference: 'pay_1', providerRef: 'pi_000001' };
    expect(await provider.lookUp(name)).toMatchObject({ ...paid, refunded: 0, disputed: false });
  });

  it.each([
    [
      'pm_card_authenticationRequired',
      'requires_action',
      { action: 'https://bank.example/pi_000001' },
    ],
    ['pm_sepa', 'pending', {}],
    [
      'pm_card_chargeDeclined',
      'declined',
      { reason: 'insufficient_funds', providerRef: 'pi_000001' },
    ],
    ['pm_of_nobody', 'declined', { reason: 'resource_missing', providerRef: null }],
  ])('with %s is %s', async (method, state, rest) => {
    expect(await provider.create(asked(method))).toMatchObject({ state, ...rest });
  });

  it.each(['pm_card_visa', 'pm_card_authenticationRequired', 'pm_card_chargeDeclined'])(
    'is begun once under one reference: %s',
    async (method) => {
      const first = await provider.create(asked(method));
      const again = await provider.create(asked(method));
      expect(again).toMatchObject(first);
      expect([posts(), server.intents.size]).toEqual([1, 1]);
    },
  );

  it('asked for again tells how it stands, not how it stood', async () => {
    await provider.create(asked('pm_card_authenticationRequired'));
    server.settle('pi_000001', 'succeeded');
    expect(await provider.create(asked('pm_card_authenticationRequired'))).toMatchObject(paid);
  });

  it('is found after an answer that never came', async () => {
    // Stripe's library itself tries once more when a connection breaks.
    server.faults.push('hangs_up_after', 'hangs_up');
    await expect(provider.create(asked('pm_card_visa'))).rejects.toThrow();
    const name = { reference: 'pay_1', providerRef: null };
    expect(await provider.lookUp(name)).toMatchObject(paid);
    expect(await provider.create(asked('pm_card_visa'))).toMatchObject(paid);
    expect(server.intents.size).toBe(1);
  });

  it.each([429, 500, 'hangs_up'] as const)('that gets %s throws: nobody knows', async (fault) => {
    server.faults.push(fault);
    if (fault === 'hangs_up') server.faults.push(fault);
    await expect(provider.create(asked('pm_card_visa'))).rejects.toThrow();
    expect(await provider.create(asked('pm_card_visa'))).toMatchObject(paid);
  });

  it('is tried again at once, where that is wanted', async () => {
    const { apiBase } = server;
    const patient = stripeProvider({ apiKey: 'sk_test_1', apiBase, retries: 2 });
    server.faults.push(500, 'hangs_up_after');
    expect(await patient.create(asked('pm_card_visa'))).toMatchObject(paid);
    expect(server.intents.size).toBe(1);
  });

  it('never throws a wrong key away as a declined card', async () => {
    const stranger = stripeProvider({ apiKey: 'sk_test_2', apiBase: server.apiBase, retries: 0 });
    await expect(stranger.create(asked('pm_card_visa'))).rejects.toThrow();
  });

  it('that Stripe does not find is unknown, one that it has not is declined', async () => {
    const name = { reference: 'pay_9', providerRef: null };
    const declined = { state: 'declined', reason: 'unknown_payment' };
    // Its search may be behind: the money may be there.
    await expect(provider.lookUp(name)).rejects.toThrow('pay_9');
    expect(await provider.lookUp({ ...name, providerRef: 'pi_9' })).toMatchObject(declined);
    expect(await provider.cancel?.(name)).toEqual({ state: 'cancelled', providerRef: null });
    expect(server.log).toEqual([]);
  });

  it('whose card was refused is ended: nobody can confirm it any more', async () => {
    await provider.create(asked('pm_card_chargeDeclined'));
    const [first] = server.intents.values();
    expect(first.status).toBe('canceled');
    const declined = { state: 'declined', reason: 'insufficient_funds' };
    const name = { reference: 'pay_1', providerRef: first.id };
    expect(await provider.lookUp(name)).toMatchObject(declined);
    await provider.create(asked(undefined, 'pay_2'));
    const second = server.settle('pi_000002', 'requires_payment_method');
    const other = { reference: 'pay_2', providerRef: 'pi_000002' };
    expect(await provider.lookUp(other)).toMatchObject(declined);
    expect(second.status).toBe('canceled');
  });

  it('whose card was refused counts all the same, where the money came meanwhile', async () => {
    await provider.create(asked());
    server.settle('pi_000001', 'requires_payment_method');
    const name = { reference: 'pay_1', providerRef: 'pi_000001' };
    server.payBeforeCancel();
    expect(await provider.lookUp(name)).toMatchObject(paid);
  });

  it('takes a confirmation token as what it is', async () => {
    expect(await provider.create(asked('ctoken_visa'))).toMatchObject(paid);
    expect(await provider.create(asked('ctoken_of_nobody', 'pay_2'))).toMatchObject({
      reason: 'resource_missing',
    });
  });

  it('is cancelled, unless the money was faster', async () => {
    await provider.create(asked('pm_card_authenticationRequired'));
    const name = { reference: 'pay_1', providerRef: 'pi_000001' };
    expect(await provider.cancel?.(name)).toMatchObject({ state: 'cancelled' });
    expect(await provider.cancel?.(name)).toMatchObject({ state: 'cancelled' });
    await provider.create(asked('pm_card_visa', 'pay_2'));
    const other = { reference: 'pay_2', providerRef: null };
    expect(await provider.cancel?.(other)).toMatchObject(paid);
  });

  it('of an amount that Stripe has not is declined without asking', async () => {
    const dinar = { ...asked('pm_card_visa'), amount: 5124, currency: 'KWD' };
    expect(await provider.create(dinar)).toMatchObject({ reason: 'amount_not_supported' });
    expect(server.log).toEqual([]);
    const yen = { ...asked('pm_card_visa'), amount: 49, currency: 'JPY' };
    expect(await provider.create(yen)).toMatchObject({ reason: 'amount_too_small' });
    const kronur = { ...asked('pm_card_visa', 'pay_3'), amount: 5, currency: 'ISK' };
    expect(await provider.create(kronur)).toMatchObject({ amount: 5, currency: 'ISK' });
  });
});

describe('a refund through Stripe', () => {
  const back = { reference: 'ref_1', providerRef: 'pi_000001', amount: 900, currency: 'EUR' };
  const first = { ...back, attempt: 1 };
  beforeEach(async () => {
    await provider.create(asked('pm_card_visa'));
  });

  it('is made once, also when Stripe has forgotten the key', async () => {
    const done = await provider.refund(first);
    expect(done).toMatchObject({ state: 'succeeded' });
    expect(await provider.refund(first)).toEqual(done);
    server.forgetKeys();
    expect(await provider.refund(first)).toEqual(done);
    expect(server.refunds.size).toBe(1);
    const name = { reference: 'pay_1', providerRef: 'pi_000001' };
    expect(await provider.lookUp(name)).toMatchObject({ refunded: 900 });
  });

  it('is made once although the answer got lost', async () => {
    // Its list of refunds is asked first, and answers.
    server.faults.push('answers', 'hangs_up_after', 'hangs_up');
    await expect(provider.refund(first)).rejects.toThrow();
    server.forgetKeys();
    expect(
      await provider.lookUpRefund?.({
        reference: 'ref_1',
        providerRef: null,
        paymentRef: 'pi_000001',
      }),
    ).toMatchObject({ state: 'succeeded' });
  });

  it('may take its time, and fail: then another one is made', async () => {
    server.refundStatus = 'pending';
    const pending = await provider.refund(first);
    expect(pending).toMatchObject({ state: 'pending' });
    const [refund] = server.refunds.values();
    refund.status = 'failed';
    refund.failure_reason = 'lost_or_stolen_card';
    const name = { reference: 'ref_1', providerRef: refund.id, paymentRef: 'pi_000001' };
    expect(await provider.lookUpRefund?.(name)).toMatchObject({
      state: 'failed',
      reason: 'lost_or_stolen_card',
    });
    server.refundStatus = 'succeeded';
    expect(await provider.refund(first)).toMatchObject({ state: 'failed' });
    expect(await provider.refund({ ...back, attempt: 2 })).toMatchObject({ state: 'succeeded' });
    expect(server.refunds.size).toBe(2);
    server.forgetKeys();
    expect(await provider.refund({ ...back, attempt: 3 })).toMatchObject({ state: 'succeeded' });
    expect(server.refunds.size).toBe(2);
  });

  it('of more than there is fails; one that gets no answer throws', async () => {
    expect(await provider.refund({ ...first, amount: 4901 })).toEqual({
      state: 'failed',
      reason: 'charge_already_refunded',
    });
    server.faults.push(500);
    await expect(provider.refund({ ...first, reference: 'ref_2' })).rejects.toThrow();
  });
});

describe('webhooks of Stripe', () => {
  const reading = (webhook: { headers: Record<string, string>; body: string }) =>
    stripeProvider({
      apiKey: 'sk_test_1',
      apiBase: server.apiBase,
      webhookSecret: ['whsec_old', WEBHOOK_SECRET],
    }).parseWebhook?.({ headers: webhook.headers, body: new TextEncoder().encode(webhook.body) });

  const intentWith = async (method: string) => {
    await provider.create(asked(method));
    return [...server.intents.values()].at(-1);
  };

  it.each([
    ['payment_intent.succeeded', 'pm_card_visa', { state: 'succeeded', amount: 4900 }],
    ['payment_intent.payment_failed', 'pm_card_chargeDeclined', { reason: 'insufficient_funds' }],
    [
      'payment_intent.requires_action',
      'pm_card_authenticationRequired',
      { state: 'requires_action' },
    ],
    ['payment_intent.processing', 'pm_sepa', { state: 'pending' }],
  ])('%s tells of the payment', async (type, method, result) => {
    const webhook = server.webhook(type, await intentWith(method));
    expect(await reading(webhook)).toMatchObject({
      verified: true,
      messages: [{ id: /^evt_/, about: 'payment', reference: 'pay_1', result }].map((message) => ({
        ...message,
        id: expect.stringMatching(message.id),
      })),
    });
  });

  it('tells of a cancelled payment, of refunds and of disputes', async () => {
    const waiting = await intentWith('pm_card_authenticationRequired');
    const cancelled = { ...waiting, status: 'canceled' };
    expect(await reading(server.webhook('payment_intent.canceled', cancelled))).toMatchObject({
      messages: [{ result: { state: 'cancelled' } }],
    });
    const refund = {
      id: 're_1',
      amount: 900,
      currency: 'eur',
      payment_intent: waiting.id,
      metadata: { ticketi_reference: 'ref_1' },
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
    };
    for (const type of ['refund.updated', 'refund.failed']) {
      expect(await reading(server.webhook(type, refund))).toMatchObject({
        messages: [{ about: 'refund', reference: 'ref_1', result: { state: 'failed' } }],
      });
    }
    const dispute = {
      id: 'dp_1',
      amount: 4900,
      currency: 'eur',
      payment_intent: waiting.id,
      reason: 'fraudulent',
    };
    expect(await reading(server.webhook('charge.dispute.created', dispute))).toMatchObject({
      messages: [{ about: 'dispute', providerRef: waiting.id, amount: 4900, reason: 'fraudulent' }],
    });
  });

  it('that are of nothing of ours are taken in, and say so', async () => {
    const foreign = { ...(await intentWith('pm_card_visa')), metadata: {} };
    for (const [type, object] of [
      ['payment_intent.succeeded', foreign],
      ['customer.created', { id: 'cus_1' }],
      ['charge.refunded', { id: 'ch_1' }],
    ] as const) {
      expect(await reading(server.webhook(type, object))).toMatchObject({
        messages: [{ about: 'other', type }],
      });
    }
  });

  it('that are forged, changed or old are not believed', async () => {
    const intent = await intentWith('pm_card_visa');
    const good = server.webhook('payment_intent.succeeded', intent);
    const bad = [
      server.webhook('payment_intent.succeeded', intent, { secret: 'whsec_of_somebody' }),
      server.webhook('payment_intent.succeeded', intent, { age: 600 }),
      { ...good, body: good.body.replace('4900', '1') },
      { ...good, headers: {} },
      { ...good, headers: { 'stripe-signature': 'nonsense' } },
    ];
    for (const webhook of bad) expect(await reading(webhook)).toMatchObject({ verified: false });
    expect(await reading(good)).toMatchObject({ verified: true });
  });
});

describe('the list of what Stripe has', () => {
  it('goes through all pages, and leaves out what is not of Ticketi', async () => {
    for (let n = 0; n < 120; n++) await provider.create(asked('pm_card_visa', `pay_${n}`));
    const [first] = server.intents.values();
    first.metadata = {};
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<NonNullable<typeof provider.list>>> | undefined =
        await provider.list?.({ since: '2020-01-01T00:00:00.000Z', cursor });
      seen.push(...(page?.payments ?? []).map(({ reference }) => reference));
      cursor = page?.cursor ?? null;
      pages += 1;
    } while (cursor !== null);
    expect([pages, seen.length, new Set(seen).size]).toEqual([2, 119, 119]);
    const later = await provider.list?.({ since: '2099-01-01T00:00:00.000Z', cursor: null });
    expect(later?.payments).toEqual([]);
  });
});
