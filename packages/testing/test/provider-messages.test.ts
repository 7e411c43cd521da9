import {
  type Order,
  type ProviderMessage,
  type RefundResult,
  sandboxWebhook,
  type Ticketi,
} from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBoxOffice, aPlacedOrder, testClock, ticketsOf } from '../src/index.ts';
import { databases, type TestBase, ticketiOn, WEBHOOK_SECRET } from './support/databases.ts';

/** Every order in which these can come. */
function permutations<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((thing, index) =>
    permutations(things.toSpliced(index, 1)).map((rest) => [thing, ...rest]),
  );
}

interface About {
  readonly reference: string;
  readonly amount: number;
}
type Word = (about: About) => ProviderMessage;

const minute = (n: number) => `2027-06-01T12:${String(n).padStart(2, '0')}:00.000Z`;

/** What a provider may say of one payment, each at its own time unless told otherwise. */
function words(at: (n: number) => string) {
  const word =
    (n: number, result: (own: About & { providerRef: string }) => object): Word =>
    ({ reference, amount }) => {
      const own = { reference, amount, providerRef: `ch_${reference}` };
      const told = { id: `${reference}:${n}`, at: at(n), about: 'payment', reference };
      return { ...told, result: result(own) } as ProviderMessage;
    };
  return {
    pending: word(1, ({ providerRef }) => ({ state: 'pending', providerRef })),
    action: word(2, ({ providerRef }) => ({ state: 'requires_action', providerRef, action: 'x' })),
    pendingAgain: word(3, ({ providerRef }) => ({ state: 'pending', providerRef })),
    declined: word(4, () => ({ state: 'declined', providerRef: null, reason: 'no_funds' })),
    declinedElse: word(5, () => ({ state: 'declined', providerRef: null, reason: 'expired_card' })),
    cancelled: word(6, ({ providerRef }) => ({ state: 'cancelled', providerRef })),
    succeeded: word(7, ({ providerRef, amount }) => {
      return { state: 'succeeded', providerRef, amount, currency: 'EUR' };
    }),
    succeededAgain: word(8, ({ providerRef, amount }) => {
      return { state: 'succeeded', providerRef, amount, currency: 'EUR' };
    }),
    tooLittle: word(7, ({ providerRef, amount }) => {
      return { state: 'succeeded', providerRef, amount: amount - 1, currency: 'EUR' };
    }),
  };
}

const { pending, action, pendingAgain, declined, declinedElse, cancelled, succeeded } =
  words(minute);
const { succeededAgain, tooLittle } = words(minute);
/** Services that tell seconds only say several things at once. */
const atOnce = words(() => minute(0));

const sets: readonly (readonly [string, readonly Word[], { state: string; reason?: string }])[] = [
  [
    'all of a payment that succeeds',
    [pending, action, declined, succeeded],
    { state: 'succeeded' },
  ],
  ['a success that is told twice', [succeeded, succeededAgain, cancelled], { state: 'succeeded' }],
  ['another amount', [pending, declined, tooLittle], { state: 'succeeded' }],
  ['a payment that stays open', [pending, action, pendingAgain], { state: 'pending' }],
  [
    'a payment that is declined twice',
    [pendingAgain, declined, declinedElse],
    { state: 'declined', reason: 'expired_card' },
  ],
  ['a payment that ends', [pending, action, declined, cancelled], { state: 'cancelled' }],
  [
    'words of one second',
    [atOnce.pending, atOnce.action, atOnce.declined, atOnce.declinedElse],
    { state: 'declined', reason: 'no_funds' },
  ],
];

/** What an order has come to when the messages arrive. */
const situations = ['pending', 'expired', 'expired and sold out', 'cancelled'] as const;

describe.each(databases)('messages of a provider on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let told = 0;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const receive = (...messages: ProviderMessage[]) =>
    ticketi.payments.receive({
      provider: 'sandbox',
      ...sandboxWebhook(WEBHOOK_SECRET, messages),
    });

  /** Orders in one situation, as many as wanted, each with a payment that was begun. */
  async function ordersThatAre(situation: (typeof situations)[number], count: number) {
    const office = await aBoxOffice(ticketi, { capacity: count });
    const orders: { order: Order; paymentId: string }[] = [];
    for (let n = 0; n < count; n++) {
      const { order } = await aPlacedOrder(ticketi, office);
      const { id } = await ticketi.payments.begin({ orderId: order.id, provider: 'sandbox' });
      orders.push({ order, paymentId: id });
    }
    if (situation === 'cancelled') {
      for (const { order } of orders) await ticketi.orders.cancel({ orderId: order.id });
    }
    if (situation === 'expired' || situation === 'expired and sold out') {
      clock.advance({ minutes: 31 });
    }
    if (situation === 'expired and sold out') {
      const taken = { poolId: office.pool.id, units: count, reason: 'Sold elsewhere' };
      await ticketi.blocks.create({ eventId: office.event.id, ...taken });
    }
    return orders;
  }

  /** All that is the same, whatever the ids: the order, its payment, its money, its tickets. */
  async function endOf(order: Order, paymentId: string) {
    const now = await ticketi.orders.get({ orderId: order.id });
    const organizerId = order.organizerId;
    const events: string[] = [];
    for await (const { type } of ticketi.outbox.iterate({ organizerId, subject: order.id })) {
      events.push(type);
    }
    const { state, reason, action: todo } = now.payment ?? {};
    const { providerRef } = await ticketi.payments.get({ paymentId });
    return {
      order: now.state,
      refunded: now.refunded,
      payment: { state, reason, action: todo, named: providerRef?.replace(paymentId, '…') },
      tickets: (await ticketsOf(ticketi, order.id)).map((ticket) => ticket.state),
      paid: events.filter((type) => type === 'order.paid').length,
    };
  }

  test.each(
    sets.flatMap(([name, messages, payment]) =>
      // Without money it does not matter what the order has come to.
      (payment.state === 'succeeded' ? situations : (['pending'] as const)).map((situation) => ({
        name,
        situation,
        messages,
        payment,
      })),
    ),
  )('$name, order $situation: the end is the same in every order', async (row) => {
    const { messages, payment, situation } = row;
    const ways = permutations(messages);
    const orders = await ordersThatAre(situation, ways.length);
    const ends: unknown[] = [];
    for (const [index, way] of ways.entries()) {
      const own = orders[index];
      if (own === undefined) throw new Error('There is an order for each way.');
      const about = { reference: own.paymentId, amount: own.order.due };
      for (const word of way) {
        const message = word(about);
        await receive(message);
        // Each comes twice, and the second time alone changes nothing.
        expect(await receive(message)).toMatchObject({ messages: 1, repeated: 1 });
        told += 1;
      }
      const end = await endOf(own.order, own.paymentId);
      // All of them once more, backwards, in one.
      await receive(...way.toReversed().map((word) => word(about)));
      expect(await endOf(own.order, own.paymentId)).toEqual(end);
      ends.push(end);
    }
    for (const end of ends) expect(end).toEqual(ends[0]);
    expect(ends[0]).toMatchObject({ payment });
    const paid = messages.includes(succeeded) && ['pending', 'expired'].includes(situation);
    expect(ends[0]).toMatchObject({ paid: paid ? 1 : 0, tickets: paid ? ['valid'] : [] });
  });

  test('many were told, and the records are sound after all of them', async () => {
    expect(told).toBeGreaterThan(500);
    const { checks } = await ticketi.diagnose();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  /** A refund that no provider has heard of yet. */
  async function aDueRefund() {
    const office = await aBoxOffice(ticketi);
    const { order } = await aPlacedOrder(ticketi, office);
    const begun = await ticketi.payments.begin({ orderId: order.id, provider: 'sandbox' });
    const result = { state: 'succeeded', providerRef: 'ch', amount: 5, currency: 'EUR' } as const;
    const { refund } = await ticketi.payments.record({ paymentId: begun.id, result });
    return { order, refundId: refund?.id ?? '' };
  }

  const refundWords = (refundId: string): ProviderMessage[] => {
    const providerRef = `re_${refundId}`;
    const results: RefundResult[] = [
      { state: 'pending', providerRef },
      { state: 'failed', providerRef, reason: 'closed_account' },
      { state: 'succeeded', providerRef },
    ];
    return results.map((result, n) => ({
      id: `${refundId}:${n}`,
      at: minute(n),
      about: 'refund',
      reference: refundId,
      paymentRef: 'ch',
      amount: 5,
      currency: 'EUR',
      result,
    }));
  };

  test.each([
    ['pending and done', [0, 2], 'succeeded', 0],
    ['pending and failed', [0, 1], 'failed', 0],
    // It says both of one refund: whatever comes last, people have to look.
    ['pending, failed and done', [0, 1, 2], 'succeeded', 1],
  ])('a refund that is %s ends the same in every order', async (_case, which, state, found) => {
    for (const way of permutations(which)) {
      const { order, refundId } = await aDueRefund();
      const before = (await ticketi.payments.discrepancies()).items.length;
      const messages = refundWords(refundId);
      for (const n of way) {
        const message = messages[n];
        if (message === undefined) throw new Error('There are three messages.');
        await receive(message);
        expect(await receive(message)).toMatchObject({ repeated: 1 });
      }
      const { refunded } = await ticketi.orders.get({ orderId: order.id });
      expect({ way, refunded }).toEqual({ way, refunded: state === 'succeeded' ? 5 : 0 });
      const { items } = await ticketi.payments.discrepancies();
      expect(items.length - before).toBe(found);
      for (const { id } of items) {
        await ticketi.payments.resolve({ discrepancyId: id, resolution: 'Seen.' });
      }
      const { refunds } = await ticketi.payments.due({ work: 'refunds' });
      expect(refunds.map(({ id }) => id)).not.toContain(state === 'failed' ? undefined : refundId);
    }
  });

  test('money that no payment asked for is answered, kept and shown', async () => {
    const [message] = [succeeded({ reference: 'pay_of_somebody', amount: 700 })];
    expect(await receive(message)).toEqual({ messages: 1, repeated: 0, unmatched: 1 });
    expect(await receive(message)).toEqual({ messages: 1, repeated: 1, unmatched: 1 });
    const { items } = await ticketi.payments.discrepancies();
    expect(items).toMatchObject([
      { kind: 'unknown_payment', organizerId: null, amount: 700, currency: 'EUR' },
    ]);
    const { checks } = await ticketi.diagnose();
    expect(checks.find(({ name }) => name === 'discrepancies')).toMatchObject({ ok: false });
    const discrepancyId = items[0]?.id ?? '';
    await ticketi.payments.resolve({ discrepancyId, resolution: 'Of another shop.' });
    expect((await ticketi.payments.discrepancies()).items).toEqual([]);
    const resolved = await ticketi.payments.discrepancies({ state: 'resolved' });
    expect(resolved.items[0]).toMatchObject({ resolution: 'Of another shop.' });
  });

  test('a provider has no say about payments and refunds of another one', async () => {
    const office = await aBoxOffice(ticketi);
    const { order } = await aPlacedOrder(ticketi, office);
    const { id } = await ticketi.payments.begin({ orderId: order.id, provider: 'manual' });
    await receive(succeeded({ reference: id, amount: order.due }));
    expect((await ticketi.orders.get({ orderId: order.id })).state).toBe('pending');
    expect((await ticketi.payments.discrepancies()).items).toHaveLength(1);
  });

  test('what is not signed, or was changed on its way, is not believed', async () => {
    const { headers, body } = sandboxWebhook(WEBHOOK_SECRET, []);
    const forged = [
      { headers, body: `${body} ` },
      { headers: {}, body },
      sandboxWebhook('another secret', []),
    ];
    for (const one of forged) {
      const received = ticketi
        .as({ type: 'anonymous' })
        .payments.receive({ provider: 'sandbox', ...one });
      await expect(received).rejects.toMatchObject({ code: 'webhook_not_verified' });
    }
    const shouted = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]);
    const input = { provider: 'sandbox', headers: Object.fromEntries(shouted), body };
    await expect(ticketi.payments.receive(input)).resolves.toMatchObject({ messages: 0 });
  });

  test('one message at two servers at once is taken in once', async () => {
    const other = await ticketiOn(base.storage(), clock);
    for (let round = 0; round < 5; round++) {
      const office = await aBoxOffice(ticketi);
      const { order } = await aPlacedOrder(ticketi, office);
      const { id } = await ticketi.payments.begin({ orderId: order.id, provider: 'sandbox' });
      const webhook = sandboxWebhook(WEBHOOK_SECRET, [
        succeeded({ reference: id, amount: order.due }),
      ]);
      const answers = await Promise.all(
        [ticketi, other, ticketi, other].map((server) =>
          server.payments.receive({ provider: 'sandbox', ...webhook }),
        ),
      );
      expect(answers.filter(({ repeated }) => repeated === 0)).toHaveLength(1);
      expect(await endOf(order, id)).toMatchObject({ paid: 1, tickets: ['valid'] });
    }
    await other.close();
  });
});
