import {
  type ListedPayments,
  type PaymentProvider,
  type PaymentResult,
  sandboxProvider,
  type Ticketi,
} from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPlacedOrder, type BoxOffice, testClock, ticketsOf } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

/** A provider with records of its own, which may be made to lie in any way. */
function recordingProvider(pageSize = 2) {
  const records = new Map<string, PaymentResult>();
  const calls = { listed: 0, lookedUp: 0 };
  const unknown = { state: 'declined', providerRef: null, reason: 'unknown_payment' } as const;
  const provider: PaymentProvider = {
    async create({ reference, amount, currency, method }) {
      const providerRef = `ch_${reference}`;
      const open = { state: 'pending', providerRef } as const;
      const paid = { state: 'succeeded', providerRef, amount, currency, refunded: 0 } as const;
      records.set(reference, method === 'later' ? open : paid);
      return records.get(reference) ?? unknown;
    },
    async lookUp({ reference }) {
      calls.lookedUp += 1;
      return records.get(reference) ?? unknown;
    },
    refund: async ({ reference }) => ({ state: 'succeeded', providerRef: `re_${reference}` }),
    async list({ cursor }): Promise<ListedPayments> {
      calls.listed += 1;
      const all = [...records].map(([reference, result]) => ({ reference, result }));
      const start = Number(cursor ?? 0);
      const end = start + pageSize;
      return { payments: all.slice(start, end), cursor: end < all.length ? String(end) : null };
    },
  };
  return { provider, records, calls };
}

describe.each(databases)('reconciling on %s', (_name, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let clock = testClock();
  let bank = recordingProvider();

  beforeEach(async () => {
    base = await create();
    clock = testClock();
    bank = recordingProvider();
    const { list: _, ...listless } = bank.provider;
    ticketi = await ticketiOn(base.storage(), clock, {
      payments: { bank: bank.provider, listless, sandbox: sandboxProvider() },
    });
    office = await aBoxOffice(ticketi);
  });
  afterEach(async () => {
    // What was found is looked at, and what is due is sent: then all is well.
    for await (const one of open()) {
      await ticketi.payments.resolve({ discrepancyId: one.id, resolution: 'Of a test.' });
    }
    for (const { id } of (await ticketi.payments.due({ work: 'refunds' })).refunds) {
      const sent = { state: 'succeeded', providerRef: `re_${id}` } as const;
      await ticketi.payments.recordRefund({ refundId: id, result: sent });
    }
    const { checks } = await ticketi.diagnose();
    await ticketi.close();
    await base.drop();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  async function* open() {
    yield* (await ticketi.payments.discrepancies()).items;
  }

  async function paidOrder(provider = 'bank', method?: string) {
    const { order } = await aPlacedOrder(ticketi, office);
    const paid = await ticketi.orders.pay({
      orderId: order.id,
      provider,
      ...(method === undefined ? {} : { method }),
    });
    const paymentId = paid.payment?.id ?? '';
    return { order: paid, paymentId };
  }

  /** Replaces what the provider has of a payment. */
  function lie(paymentId: string, change: object) {
    const record = bank.records.get(paymentId);
    if (record === undefined) throw new Error(`The bank has no ${paymentId}.`);
    bank.records.set(paymentId, { ...record, ...change } as PaymentResult);
  }

  test('finds nothing where both agree, page by page', async () => {
    for (let n = 0; n < 5; n++) await paidOrder();
    const report = await ticketi.payments.reconcile();
    expect(report).toMatchObject({ compared: 5, done: 0, settled: 0, failed: 0, found: [] });
    expect(bank.calls).toEqual({ listed: 3, lookedUp: 0 });
  });

  test.each([
    ['declined', 'declined', { state: 'declined', reason: 'no_funds' }],
    ['left open', 'pending', {}],
  ])('takes in money that came for a payment that was %s', async (_case, state, result) => {
    const { order, paymentId } = await paidOrder('bank', 'later');
    const providerRef = `ch_${paymentId}`;
    await ticketi.payments.record({
      paymentId,
      result: { state: 'pending', providerRef, ...result } as PaymentResult,
    });
    expect((await ticketi.payments.get({ paymentId })).state).toBe(state);
    const paid = { state: 'succeeded', amount: order.due, currency: 'EUR' };
    lie(paymentId, paid);
    expect(await ticketi.payments.reconcile()).toMatchObject({ settled: 1, done: 1, found: [] });
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(1);
    expect(await ticketi.payments.reconcile()).toMatchObject({ settled: 0, done: 0, found: [] });
  });

  test('sends money back that came for an order that was cancelled', async () => {
    const { order, paymentId } = await paidOrder('bank', 'later');
    await ticketi.orders.cancel({ orderId: order.id });
    lie(paymentId, { state: 'succeeded', amount: order.due, currency: 'EUR' });
    await ticketi.payments.reconcile();
    expect((await ticketi.orders.get({ orderId: order.id })).refunded).toBe(order.due);
  });

  test.each([
    ['refunded_elsewhere', { refunded: 100 }, 100],
    ['disputed', { disputed: true }, 'all'],
    ['other_amount', { amount: 1 }, 1],
    ['other_amount', { currency: 'USD' }, 'all'],
    ['not_at_provider', { state: 'declined', reason: 'never_happened' }, 'all'],
    ['not_at_provider', { state: 'cancelled' }, 'all'],
    ['not_at_provider', { state: 'pending' }, 'all'],
  ])('keeps %s (%o) for people, and changes nothing by itself', async (kind, change, amount) => {
    for (const provider of ['bank', 'listless']) {
      const { order, paymentId } = await paidOrder(provider);
      lie(paymentId, change);
      if (provider === 'listless') bank.calls.listed = 0;
      const before = await ticketi.orders.get({ orderId: order.id });
      const { found } = await ticketi.payments.reconcile();
      const own = found.filter((one) => one.paymentId === paymentId && one.provider === provider);
      expect(own).toMatchObject([
        { kind, amount: amount === 'all' ? order.due : amount, orderId: order.id },
      ]);
      expect(await ticketi.orders.get({ orderId: order.id })).toEqual(before);
      expect((await ticketi.payments.reconcile()).found).toEqual([]);
      bank.records.delete(paymentId);
      for await (const one of open()) {
        await ticketi.payments.resolve({ discrepancyId: one.id, resolution: 'Seen.' });
      }
    }
  });

  test('finds a payment of ours that the provider has never heard of', async () => {
    const { paymentId } = await paidOrder();
    bank.records.delete(paymentId);
    const { found } = await ticketi.payments.reconcile();
    expect(found).toMatchObject([{ kind: 'not_at_provider', paymentId }]);
  });

  test('finds a refund of ours that the provider does not have, and not one on its way', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    const { id: paymentId } = await ticketi.payments.begin({ orderId: order.id, provider: 'bank' });
    const providerRef = `ch_${paymentId}`;
    const result = { state: 'succeeded', providerRef, amount: 7, currency: 'EUR' } as const;
    const { refund } = await ticketi.payments.record({ paymentId, result });
    bank.records.set(paymentId, { ...result, refunded: 7 });
    const compared = { provider: 'bank', reference: paymentId, result: { ...result, refunded: 7 } };
    expect((await ticketi.payments.compare(compared)).found).toEqual([]);
    const sent = { state: 'succeeded', providerRef: 're_1' } as const;
    await ticketi.payments.recordRefund({ refundId: refund?.id ?? '', result: sent });
    expect((await ticketi.payments.reconcile()).found).toEqual([]);
    bank.records.set(paymentId, { ...result, refunded: 0 });
    expect((await ticketi.payments.reconcile()).found).toMatchObject([
      { kind: 'refund_missing', amount: 7 },
    ]);
  });

  test('finds nothing in refunds and payments that came while it was reading', async () => {
    const { order, paymentId } = await paidOrder();
    const { order: other, paymentId: open } = await paidOrder('bank', 'later');
    const { list } = bank.provider;
    bank.provider.list = async (request) => {
      const page = await list?.call(bank.provider, request);
      clock.advance({ seconds: 1 });
      if (bank.calls.listed === 1) {
        await ticketi.refunds.create({ orderId: order.id, amount: 100 });
        const paid = { state: 'succeeded', providerRef: `ch_${open}`, currency: 'EUR' } as const;
        await ticketi.payments.record({ paymentId: open, result: { ...paid, amount: other.due } });
      }
      return page ?? { payments: [], cursor: null };
    };
    expect(await ticketi.payments.reconcile()).toMatchObject({ compared: 2, found: [] });
    lie(paymentId, { refunded: 100 });
    lie(open, { state: 'succeeded', amount: other.due, currency: 'EUR', refunded: 0 });
    expect((await ticketi.payments.reconcile()).found).toEqual([]);
    lie(paymentId, { refunded: 0 });
    expect((await ticketi.payments.reconcile()).found).toMatchObject([{ kind: 'refund_missing' }]);
  });

  test('ends although payments stay open for longer than they are leased', async () => {
    for (let n = 0; n < 3; n++) await paidOrder('bank', 'later');
    const { lookUp } = bank.provider;
    let asked = 0;
    bank.provider.lookUp = (request) => {
      asked += 1;
      if (asked > 20) throw new Error('Asked without end.');
      clock.advance({ minutes: 3 });
      return lookUp.call(bank.provider, request);
    };
    clock.advance({ minutes: 6 });
    expect(await ticketi.payments.reconcile({ limit: 1 })).toMatchObject({
      failed: 0,
      compared: 3,
    });
    expect(asked).toBeLessThan(6);
  });

  test('finds money that no payment asked for', async () => {
    const money = { state: 'succeeded', providerRef: 'ch_x', amount: 5, currency: 'EUR' } as const;
    bank.records.set('pay_of_nobody', money);
    const { found } = await ticketi.payments.reconcile();
    expect(found).toMatchObject([{ kind: 'unknown_payment', subject: 'ch_x', organizerId: null }]);
  });

  test('goes on where a provider does not answer, and says so', async () => {
    const { order, paymentId } = await paidOrder('bank', 'later');
    const { list } = bank.provider;
    bank.provider.list = () => Promise.reject(new Error('down'));
    clock.advance({ minutes: 6 });
    lie(paymentId, { state: 'succeeded', amount: order.due, currency: 'EUR' });
    expect(await ticketi.payments.reconcile()).toMatchObject({ failed: 1, checked: 1 });
    expect((await ticketi.orders.get({ orderId: order.id })).state).toBe('paid');
    if (list) bank.provider.list = list;
    expect(await ticketi.payments.reconcile()).toMatchObject({ failed: 0 });
  });

  test('two at once hand no piece out twice', async () => {
    for (let n = 0; n < 6; n++) await paidOrder('bank', 'later');
    for (let n = 0; n < 6; n++) {
      const { order } = await aPlacedOrder(ticketi, office);
      const begun = await ticketi.payments.begin({ orderId: order.id, provider: 'bank' });
      const result = { state: 'succeeded', providerRef: 'ch', amount: 1, currency: 'EUR' } as const;
      await ticketi.payments.record({ paymentId: begun.id, result });
    }
    clock.advance({ minutes: 6 });
    const payments = { bank: bank.provider };
    const other = await ticketiOn(base.storage(), clock, { payments });
    const handed = await Promise.all(
      [ticketi, other, ticketi, other].map((one) => one.payments.due({ limit: 4 })),
    );
    for (const kind of ['payments', 'refunds'] as const) {
      const ids = handed.flatMap((due) => due[kind].map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(6);
    }
    expect(await ticketi.payments.due()).toEqual({ payments: [], refunds: [] });
    // Whoever took them has died: they are handed out again.
    clock.advance({ minutes: 5 });
    expect((await other.payments.due()).payments).toHaveLength(6);
    await other.close();
    clock.advance({ minutes: 5 });
  });

  test('one answer that makes no sense does not stop the rest', async () => {
    const first = await paidOrder();
    const second = await paidOrder();
    lie(first.paymentId, { amount: 'much' });
    lie(second.paymentId, { refunded: 5 });
    const { failed, found } = await ticketi.payments.reconcile();
    expect([failed, found.map(({ kind }) => kind)]).toEqual([1, ['refunded_elsewhere']]);
  });
});
