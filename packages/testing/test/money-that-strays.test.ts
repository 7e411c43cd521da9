import type { PaymentProvider, PaymentResult, Ticketi } from '@ticketi/core';
import { sandboxProvider } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aPlacedOrder,
  type BoxOffice,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const late = { provider: 'sandbox', method: 'answers_late' };
const buyer = { name: 'Ada', email: 'ada@example.com' };

/** The sandbox, with what a provider may do to us switched on and off. */
function moodyProvider() {
  const sandbox = sandboxProvider();
  const mood = { refundsFail: false, created: 0, received: undefined as number | undefined };
  const provider: PaymentProvider = {
    async create(request) {
      mood.created += 1;
      const result = await sandbox.create(request);
      return result.state === 'succeeded' && mood.received !== undefined
        ? { ...result, amount: mood.received }
        : result;
    },
    lookUp: (request) => sandbox.lookUp(request),
    async refund(request) {
      return mood.refundsFail ? { state: 'failed', reason: 'down' } : sandbox.refund(request);
    },
  };
  return { mood, provider };
}

/** A provider that has forgotten by the next call that it was asked: each `create` is a charge. */
function forgettingProvider() {
  const charges: PaymentResult[] = [];
  const provider: PaymentProvider = {
    async create() {
      charges.push({ state: 'pending', providerRef: `ch_${charges.length + 1}` });
      return charges.at(-1) ?? { state: 'cancelled', providerRef: null };
    },
    lookUp: async ({ providerRef }) =>
      charges.find((charge) => charge.providerRef === providerRef) ?? {
        state: 'declined',
        providerRef,
        reason: 'unknown_payment',
      },
    refund: async ({ reference }) => ({ state: 'succeeded', providerRef: `re_${reference}` }),
  };
  return { charges, provider };
}

describe.each(databases)('money that strays on %s', (_name, create) => {
  let clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let moody = moodyProvider();
  let forgetting = forgettingProvider();

  beforeAll(async () => {
    base = await create();
  });
  beforeEach(async () => {
    clock = testClock();
    moody = moodyProvider();
    forgetting = forgettingProvider();
    ticketi = await ticketiOn(base.storage(), clock, {
      payments: {
        sandbox: sandboxProvider(),
        moody: moody.provider,
        forgetting: forgetting.provider,
      },
    });
    office = await aBoxOffice(ticketi);
    return () => ticketi.close();
  });
  afterAll(async () => {
    await base?.drop();
  });

  const orderNow = (orderId: string) => ticketi.orders.get({ orderId });
  const wrong = async () => (await ticketi.diagnose()).checks.filter(({ ok }) => !ok);

  test('goes back when the event was cancelled after the order had expired', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    const { payment } = await ticketi.orders.pay({ orderId: order.id, ...late });
    clock.advance({ minutes: 31 });
    await ticketi.orders.expire();
    await ticketi.events.cancel({ eventId: office.event.id });
    await ticketi.payments.check({ paymentId: payment?.id ?? '' });
    expect(await orderNow(order.id)).toMatchObject({ refunded: order.total });
    expect((await orderNow(order.id)).state).not.toBe('paid');
    expect(await ticketsOf(ticketi, order.id)).toEqual([]);
    expect(await wrong()).toEqual([]);
  });

  test('goes back when the event was over before it came', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    const { payment } = await ticketi.orders.pay({ orderId: order.id, ...late });
    clock.set('2098-01-01T00:00:00.000Z');
    await ticketi.payments.check({ paymentId: payment?.id ?? '' });
    expect(await orderNow(order.id)).toMatchObject({ state: 'expired', refunded: order.total });
    expect(await wrong()).toEqual([]);
  });

  test('is sent back again until the provider does so', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    await ticketi.orders.pay({ orderId: order.id, provider: 'moody', method: 'pays_less' });
    const second = await aPlacedOrder(ticketi, office);
    moody.mood.refundsFail = true;
    await ticketi.orders.pay({ orderId: second.order.id, provider: 'moody', method: 'pays_less' });
    expect((await orderNow(second.order.id)).refunded).toBe(0);
    // It is on its way all the same: it stays due until it is done.
    expect(await wrong()).toEqual([]);
    // Tried again after a while only: after 5 minutes, then after 20.
    expect(await ticketi.payments.reconcile()).toMatchObject({ refunded: 0, failed: 0 });
    clock.advance({ minutes: 5 });
    expect(await ticketi.payments.reconcile()).toMatchObject({ refunded: 0, failed: 1 });
    moody.mood.refundsFail = false;
    clock.advance({ minutes: 19 });
    expect(await ticketi.payments.reconcile()).toMatchObject({ refunded: 0, failed: 0 });
    clock.advance({ minutes: 1 });
    expect(await ticketi.payments.reconcile()).toMatchObject({ refunded: 1, failed: 0 });
    expect((await orderNow(second.order.id)).refunded).toBe(second.order.total - 1);
    expect(await wrong()).toEqual([]);
  });

  test('is taken in, and goes back, however much too much it is', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    moody.mood.received = 5_000_000_000_000;
    const paid = await ticketi.orders.pay({ orderId: order.id, provider: 'moody' });
    expect(paid).toMatchObject({ state: 'pending', refunded: 5_000_000_000_000 });
    expect(await wrong()).toEqual([]);
  });

  test('of another currency is no refund of the order’s own money', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    const begun = await ticketi.orders.pay({ orderId: order.id, provider: 'manual' });
    const paymentId = begun.payment?.id ?? '';
    const told = await ticketi.payments.confirm({ paymentId, amount: 777, currency: 'JPY' });
    expect(told).toMatchObject({ state: 'pending', refunded: 0 });
    expect(await orderNow(order.id)).toMatchObject({ state: 'pending', refunded: 0 });
  });

  test('of an order that nobody waits for is not asked for again', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    await ticketi.payments.begin({ orderId: order.id, provider: 'moody' });
    await ticketi.orders.cancel({ orderId: order.id });
    clock.advance({ minutes: 10 });
    await ticketi.payments.reconcile();
    expect(moody.mood.created).toBe(0);
    expect(await orderNow(order.id)).toMatchObject({ state: 'cancelled', refunded: 0 });
  });

  test('is found behind any number of payments that wait for people', async () => {
    for (let i = 0; i < 3; i++) {
      const { order } = await aPlacedOrder(ticketi, office);
      await ticketi.orders.pay({ orderId: order.id, provider: 'manual' });
      const other = await aPlacedOrder(ticketi, office);
      await ticketi.orders.pay({ orderId: other.order.id, provider: 'sandbox', method: 'never' });
    }
    const { order } = await aPlacedOrder(ticketi, office);
    await ticketi.orders.pay({ orderId: order.id, ...late });
    clock.advance({ minutes: 10 });
    await ticketi.payments.reconcile({ limit: 2 });
    expect((await orderNow(order.id)).state).toBe('paid');
  });

  test('is left to those whose provider it is', async () => {
    const first = await aPlacedOrder(ticketi, office);
    const second = await aPlacedOrder(ticketi, office);
    moody.mood.refundsFail = true;
    for (const { order } of [first, second]) {
      await ticketi.orders.pay({ orderId: order.id, provider: 'moody', method: 'pays_less' });
    }
    clock.advance({ minutes: 5 });
    const without = await ticketiOn(base.storage(), clock);
    expect(await without.payments.reconcile()).toMatchObject({ refunded: 0, failed: 0 });
    await without.close();
    // Nothing of it was leased to one that cannot send it.
    moody.mood.refundsFail = false;
    expect((await ticketi.payments.reconcile()).refunded).toBeGreaterThanOrEqual(2);
    expect((await orderNow(first.order.id)).refunded).toBe(first.order.total - 1);
  });

  test('is never asked for beyond what is counted exactly', async () => {
    const vip = { ticketTypeId: office.vip.id, price: 999_999_999_999 };
    await ticketi.ticketTypes.update(vip);
    const items = [{ ticketTypeId: office.vip.id, quantity: 2 }];
    const asked = ticketi.holds.create({ eventId: office.event.id, items });
    await expect(asked).rejects.toMatchObject({
      code: 'amount_too_large',
      details: { max: 999_999_999_999 },
    });
    await expect(ticketi.orders.expire()).resolves.toEqual({ expired: expect.any(Number) });
  });

  test('is asked for once, however many days lie between two tries to pay', async () => {
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    const { hold } = await aHold(ticketi, office);
    const order = await owner.orders.place({
      holdId: hold.id,
      buyer,
      payment: { termDays: 14 },
    });
    const pay = () => owner.orders.pay({ orderId: order.id, provider: 'forgetting' });
    const first = await pay();
    clock.advance({ days: 2 });
    const second = await pay();
    expect(second.payment).toEqual(first.payment);
    expect(forgetting.charges).toHaveLength(1);
    const { due: amount, currency } = order;
    forgetting.charges[0] = { state: 'succeeded', providerRef: 'ch_1', amount, currency };
    expect((await pay()).state).toBe('paid');
    expect(forgetting.charges).toHaveLength(1);
  });

  test('comes a second time for one payment: people have to look', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    const { payment } = await ticketi.orders.pay({ orderId: order.id, provider: 'forgetting' });
    const found = async () =>
      (await ticketi.payments.discrepancies()).items.filter(({ provider }) => provider !== 'moody');
    const came = async (providerRef: string, paymentId = payment?.id ?? '') => {
      const { due: amount, currency } = order;
      const result = { state: 'succeeded', providerRef, amount, currency } as const;
      if (providerRef === 'ch_1') forgetting.charges[0] = result;
      await ticketi.payments.record({ paymentId, result });
      return found();
    };
    expect(await came('ch_1')).toEqual([]);
    expect(await came('ch_1')).toEqual([]);
    expect(await came('ch_2')).toMatchObject([
      {
        kind: 'charged_twice',
        subject: 'ch_2',
        paymentId: payment?.id,
        orderId: order.id,
        amount: order.due,
        currency: 'EUR',
      },
    ]);
    expect(await came('ch_2')).toHaveLength(1);
    // What went back of the other charge is no refund of this one.
    const { due: amount, currency } = order;
    const other = { state: 'succeeded', providerRef: 'ch_2', amount, currency } as const;
    const compared = { provider: 'forgetting', reference: payment?.id ?? '' };
    await ticketi.payments.compare({ ...compared, result: { ...other, refunded: amount } });
    expect(await found()).toHaveLength(1);
    expect(await came('ch_3')).toHaveLength(2);
    expect(await orderNow(order.id)).toMatchObject({ state: 'paid', refunded: 0 });
    // What people confirm has names of our own.
    const cash = await aPlacedOrder(ticketi, office);
    const { payment: paid } = await ticketi.orders.pay({ orderId: cash.order.id });
    for (const ref of ['manual:a', 'manual:b']) {
      expect(await came(ref, paid?.id)).toHaveLength(2);
    }
    for (const { id } of await found()) {
      await ticketi.payments.resolve({ discrepancyId: id, resolution: 'Given back by hand.' });
    }
    expect(await found()).toEqual([]);
  });
});

describe.each(databases)('cancelling an event on %s while orders are placed', (_name, create) => {
  test('leaves no order that could still be paid, and no ticket without its place', async () => {
    const base = await create();
    const clock = testClock();
    const [one, two] = await Promise.all([
      ticketiOn(base.storage(), clock),
      ticketiOn(base.storage(), clock),
    ]);
    for (let round = 0; round < 4; round++) {
      const office = await aBoxOffice(one, {
        standardPrice: round % 2 === 0 ? 4900 : 0,
      });
      const eventId = office.event.id;
      const holds = await Promise.all(Array.from({ length: 15 }, () => aHold(one, office)));
      const placed = holds.map(({ hold }) => two.orders.place({ holdId: hold.id, buyer }));
      const cancelled = one.events.cancel({ eventId });
      const outcomes = await Promise.allSettled([...placed, cancelled]);
      const codes = outcomes.flatMap((own) => (own.status === 'rejected' ? [own.reason.code] : []));
      expect(codes.filter((code) => !['not_on_sale', 'hold_not_active'].includes(code))).toEqual(
        [],
      );
      for await (const { state } of one.orders.iterate({ eventId })) {
        expect(['paid', 'cancelled']).toContain(state);
      }
      for await (const ticket of one.tickets.iterate({ eventId })) {
        await one.tickets.void({ ticketId: ticket.id });
      }
    }
    const { checks } = await one.diagnose();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    await Promise.all([one.close(), two.close()]);
    await base.drop();
  });
});
