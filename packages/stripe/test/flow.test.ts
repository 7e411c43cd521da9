import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTicketi, type Ticketi } from '@ticketi/core';
import { createHandler, toNodeHandler } from '@ticketi/http';
import { sqlite } from '@ticketi/storage/sqlite';
import { aBoxOffice, aPlacedOrder, type BoxOffice, testClock, ticketsOf } from '@ticketi/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stripeProvider } from '../src/index.ts';
import {
  aStripeServer,
  type StripeServer,
  WEBHOOK_SECRET,
  type Webhook,
} from './support/stripe-server.ts';

let stripe: StripeServer;
let ticketi: Ticketi;
let office: BoxOffice;
let clock = testClock();
let closeHttp: () => void;
let origin = '';

beforeEach(async () => {
  clock = testClock();
  stripe = await aStripeServer();
  ticketi = await createTicketi({
    storage: sqlite(':memory:'),
    clock,
    payments: {
      stripe: stripeProvider({
        apiKey: 'sk_test_1',
        webhookSecret: WEBHOOK_SECRET,
        apiBase: stripe.apiBase,
        returnUrl: 'https://tickets.example/back',
        retries: 0,
      }),
    },
  });
  office = await aBoxOffice(ticketi);
  const http = createServer(toNodeHandler(createHandler(ticketi)));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  closeHttp = () => {
    http.close();
    http.closeAllConnections();
  };
});
afterEach(async () => {
  closeHttp();
  await ticketi.close();
  await stripe.close();
});

const anOrder = async () => (await aPlacedOrder(ticketi, office)).order;
const orderNow = (orderId: string) => ticketi.orders.get({ orderId });
const pay = (orderId: string, method?: string) =>
  ticketi.orders.pay({ orderId, provider: 'stripe', ...(method === undefined ? {} : { method }) });

async function post({ headers, body }: Webhook) {
  const response = await fetch(`${origin}/api/v1/payments/providers/stripe/webhook`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body,
  });
  return { status: response.status, body: await response.json() };
}

async function soundRecords() {
  const { checks } = await ticketi.diagnose();
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
}

describe('an order paid through Stripe', () => {
  test('at once has its tickets, and the webhook that follows changes nothing', async () => {
    const order = await anOrder();
    expect(await pay(order.id, 'pm_card_visa')).toMatchObject({ state: 'paid' });
    const [intent] = stripe.intents.values();
    const webhook = stripe.webhook('payment_intent.succeeded', intent);
    expect(await post(webhook)).toEqual({
      status: 200,
      body: { messages: 1, repeated: 0, unmatched: 0 },
    });
    expect(await post(webhook)).toMatchObject({ status: 200, body: { repeated: 1 } });
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(1);
    await soundRecords();
  });

  test('by the front end is paid when the webhook comes', async () => {
    const order = await anOrder();
    const asked = await pay(order.id);
    expect(asked.payment).toMatchObject({ state: 'requires_action', action: 'pi_000001_secret' });
    const intent = stripe.settle('pi_000001', 'succeeded');
    // Bytes matter: spaces, escapes and letters beyond ASCII arrive as they were signed.
    intent.description = 'Bestellung — „Zoë“ \u2028';
    expect(await post(stripe.webhook('payment_intent.succeeded', intent))).toMatchObject({
      status: 200,
    });
    expect(await orderNow(order.id)).toMatchObject({ state: 'paid' });
    await soundRecords();
  });

  test('after a declined card is paid by another', async () => {
    const order = await anOrder();
    const declined = await pay(order.id, 'pm_card_chargeDeclined');
    expect(declined.payment).toMatchObject({ state: 'declined', reason: 'insufficient_funds' });
    expect(await pay(order.id, 'pm_card_visa')).toMatchObject({ state: 'paid' });
    await soundRecords();
  });

  test('whose answer got lost is paid once', async () => {
    const order = await anOrder();
    stripe.faults.push('hangs_up_after', 'hangs_up');
    await expect(pay(order.id, 'pm_card_visa')).rejects.toMatchObject({
      code: 'provider_unreachable',
    });
    expect(await pay(order.id, 'pm_card_visa')).toMatchObject({ state: 'paid' });
    expect(stripe.intents.size).toBe(1);
  });

  test('that expired meanwhile is ended at Stripe', async () => {
    const order = await anOrder();
    await pay(order.id);
    clock.advance({ minutes: 36 });
    expect(await ticketi.payments.settleDue()).toEqual({ done: 1, failed: 0 });
    expect(stripe.intents.get('pi_000001')).toMatchObject({ status: 'canceled' });
    expect(await orderNow(order.id)).toMatchObject({ payment: { state: 'cancelled' } });
  });

  test('too late, when it was cancelled, is sent back, which takes its time', async () => {
    const order = await anOrder();
    await pay(order.id);
    await ticketi.orders.cancel({ orderId: order.id });
    stripe.refundStatus = 'pending';
    await post(stripe.webhook('payment_intent.succeeded', stripe.settle('pi_000001', 'succeeded')));
    const [refund] = stripe.refunds.values();
    expect(refund).toMatchObject({ amount: order.due, status: 'pending' });
    expect(await orderNow(order.id)).toMatchObject({ state: 'cancelled', refunded: 0 });
    refund.status = 'succeeded';
    expect(await post(stripe.webhook('refund.updated', refund))).toMatchObject({ status: 200 });
    expect(await orderNow(order.id)).toMatchObject({ refunded: order.due });
    expect(stripe.refunds.size).toBe(1);
    await soundRecords();
  });
});

describe('reconciling with Stripe', () => {
  test('finds a payment whose webhook was lost', async () => {
    const order = await anOrder();
    await pay(order.id);
    const [intent] = stripe.intents.values();
    stripe.settle(intent.id, 'requires_payment_method');
    const { payment } = await orderNow(order.id);
    await ticketi.payments.check({ paymentId: payment?.id ?? '' });
    // Declined, so nobody asks about it any more; but the buyer tries again in the front end.
    stripe.settle(intent.id, 'succeeded');
    const report = await ticketi.payments.reconcile({ sinceHours: 100_00 });
    expect(report).toMatchObject({ settled: 1, found: [] });
    expect(await orderNow(order.id)).toMatchObject({ state: 'paid' });
  });

  test('finds refunds and disputes that began at Stripe', async () => {
    const order = await anOrder();
    await pay(order.id, 'pm_card_visa');
    const [intent] = stripe.intents.values();
    intent.latest_charge.amount_refunded = 500;
    intent.latest_charge.disputed = true;
    const { found } = await ticketi.payments.reconcile();
    expect(found.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['disputed', order.due],
      ['refunded_elsewhere', 500],
    ]);
    // Known by now, so not new; and shown until somebody has looked.
    expect((await ticketi.payments.reconcile()).found).toEqual([]);
    const { organizerId } = order;
    expect((await ticketi.payments.discrepancies({ organizerId })).items).toHaveLength(2);
    expect(await orderNow(order.id)).toMatchObject({ state: 'paid', refunded: 0 });
  });
});

test('webhooks that are forged, or none at all, are answered with what is wrong', async () => {
  const order = await anOrder();
  await pay(order.id);
  const intent = stripe.settle('pi_000001', 'succeeded');
  const forged = stripe.webhook('payment_intent.succeeded', intent, { secret: 'whsec_forged' });
  expect(await post(forged)).toMatchObject({
    status: 400,
    body: { code: 'webhook_not_verified', details: { provider: 'stripe' } },
  });
  const base = `${origin}/api/v1/payments/providers`;
  const answers = await Promise.all([
    fetch(`${base}/manual/webhook`, { method: 'POST', body: '{}' }),
    fetch(`${base}/paypal/webhook`, { method: 'POST', body: '{}' }),
    fetch(`${base}/stripe/webhook`, { method: 'POST', body: new Uint8Array([0xff, 0xfe]) }),
    fetch(`${base}/stripe/webhook`, { method: 'POST', body: 'x'.repeat(2 ** 21) }),
    fetch(`${base}/stripe/webhook`, { method: 'POST' }),
    fetch(`${base}/stripe/webhook`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 400, 400, 413, 400, 405]);
  expect(await orderNow(order.id)).toMatchObject({ state: 'pending' });
});
