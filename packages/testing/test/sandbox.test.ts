import { SANDBOX_METHODS, SANDBOX_REFUNDS, sandboxProvider, type Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPlacedOrder, type BoxOffice, testClock, ticketsOf } from '../src/index.ts';
import { ticketiOn } from './support/databases.ts';

let clock = testClock();
let ticketi: Ticketi;
let office: BoxOffice;
beforeEach(async () => {
  clock = testClock();
  ticketi = await ticketiOn(sqlite(':memory:'), clock);
  office = await aBoxOffice(ticketi);
});
afterEach(async () => {
  const { checks } = await ticketi.diagnose();
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  await ticketi.close();
});

const orderNow = (orderId: string) => ticketi.orders.get({ orderId });
async function paying(method: string) {
  const { order } = await aPlacedOrder(ticketi, office);
  const input = { orderId: order.id, provider: 'sandbox', method };
  const paid = await ticketi.orders.pay(input).catch(() => undefined);
  return { order, paid };
}
/** What the worker does, again and again. */
async function anHourOfWork() {
  for (let round = 0; round < 12; round++) {
    clock.advance({ minutes: 5 });
    await ticketi.payments.settleDue();
    await ticketi.payments.sendRefunds();
  }
}

describe('a sandbox payment that', () => {
  test.each([
    ['succeeds', 'paid', 'paid'],
    ['declines', 'pending', 'expired'],
    ['needs_action', 'pending', 'paid'],
    ['answers_late', 'pending', 'paid'],
    ['never', 'pending', 'expired'],
    ['pays_less', 'pending', 'expired'],
    ['pays_more', 'pending', 'expired'],
    ['wrong_currency', 'pending', 'expired'],
    ['fails_before', undefined, 'paid'],
    ['fails_after', undefined, 'paid'],
  ] as const)('%s: the order is %s at once, and %s in the end', async (method, first, last) => {
    expect(SANDBOX_METHODS).toContain(method);
    const { order, paid } = await paying(method);
    expect(paid?.state).toBe(first);
    await anHourOfWork();
    const end = await orderNow(order.id);
    expect(end.state).toBe(last);
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(last === 'paid' ? 1 : 0);
    // Nothing stays open, and what came for nothing has gone back.
    expect(['succeeded', 'declined', 'cancelled']).toContain(end.payment?.state);
    expect(await ticketi.payments.due()).toEqual({ payments: [], refunds: [] });
  });

  test('fails after acting has taken the money: it is found although the order was cancelled', async () => {
    const { order } = await paying('fails_after');
    await ticketi.orders.cancel({ orderId: order.id });
    await anHourOfWork();
    expect(await orderNow(order.id)).toMatchObject({ state: 'cancelled', refunded: order.due });
  });

  test('fails before acting has taken none', async () => {
    const { order } = await paying('fails_before');
    await ticketi.orders.cancel({ orderId: order.id });
    await anHourOfWork();
    expect(await orderNow(order.id)).toMatchObject({
      refunded: 0,
      payment: { state: 'cancelled' },
    });
  });

  test('is given up for another provider is ended, and the other one counts', async () => {
    const { order } = await paying('never');
    const cash = await ticketi.payments.begin({ orderId: order.id, provider: 'manual' });
    expect(await ticketi.payments.settleDue()).toEqual({ done: 1, failed: 0 });
    const paid = { paymentId: cash.id, amount: order.due, currency: 'EUR' };
    expect(await ticketi.payments.confirm(paid)).toMatchObject({ state: 'paid' });
    const again = await ticketi.payments.settleDue();
    expect(again).toEqual({ done: 0, failed: 0 });
  });

  test('was given up is not used again when the buyer comes back to it', async () => {
    const { order, paid } = await paying('never');
    await ticketi.payments.begin({ orderId: order.id, provider: 'manual' });
    const back = await ticketi.payments.begin({ orderId: order.id, provider: 'sandbox' });
    expect(back.id).not.toBe(paid?.payment?.id);
  });
});

describe('a sandbox refund that', () => {
  test.each([
    ['refund_succeeds', 'all', 'all'],
    ['refund_pending', 0, 'all'],
    ['refund_fails', 0, 0],
    ['refund_fails_once', 0, 'all'],
    ['refund_fails_late', 0, 'all'],
    ['refund_throws', 0, 0],
  ] as const)('%s: %s is back at once, and %s in the end', async (refunding, first, last) => {
    expect(SANDBOX_REFUNDS).toContain(refunding);
    const { order, paid } = await paying(`pays_more+${refunding}`);
    const all = order.due + 1;
    expect(paid?.refunded).toBe(first === 'all' ? all : 0);
    await anHourOfWork();
    expect((await orderNow(order.id)).refunded).toBe(last === 'all' ? all : 0);
    if (last === 'all') return;
    // It is due for ever, shown, and tried less and less often.
    clock.advance({ days: 2 });
    const { refunds } = await ticketi.payments.due({ work: 'refunds' });
    expect(refunds).toMatchObject([{ amount: all }]);
    const [refund] = refunds;
    if (refunding === 'refund_fails') {
      expect(refund).toMatchObject({ state: 'failed', failure: 'refund_declined' });
      expect(refund?.attempt).toBeGreaterThan(3);
      expect(refund?.attempt).toBeLessThan(7);
    }
    const sent = { state: 'succeeded', providerRef: 'by hand' } as const;
    await ticketi.payments.recordRefund({ refundId: refund?.id ?? '', result: sent });
  });
});

test('any process can look a sandbox payment up', async () => {
  const [one, other] = [sandboxProvider(), sandboxProvider()];
  for (const method of SANDBOX_METHODS) {
    const facts = { amount: 100, currency: 'EUR', description: '', method };
    const request = { reference: `pay_${method}`, ...facts };
    const first = await one.create(request).catch(() => undefined);
    if (first?.providerRef == null) continue;
    const name = { reference: request.reference, providerRef: first.providerRef };
    expect(await other.lookUp(name)).toEqual(await one.lookUp(name));
  }
});
