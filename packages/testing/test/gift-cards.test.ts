import { type Actor, type Order, sandboxProvider, type Ticketi } from '@ticketi/core';
import { type SqliteDatabase, sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aHold,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  payInCash,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const anonymous: Actor = { type: 'anonymous' };
const notValid = { code: 'gift_card_not_valid' };
const buyer = { name: 'Ben', email: 'ben@example.com' };

describe.each(databases)('gift cards on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock, { payments: { sandbox: sandboxProvider() } });
  });
  beforeEach(async () => {
    // One ticket is 50.00.
    const fee = { percent: '0', fixed: 100 };
    office = await aBoxOffice(ticketi, { capacity: 10, fee });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const orderNow = (order: Order) => ticketi.orders.get({ orderId: order.id });
  const balanceOf = async ({ id }: { id: string }) =>
    (await ticketi.giftCards.get({ giftCardId: id })).balance;
  async function balances() {
    const organizerId = office.organizer.id;
    const { balances: all } = await ticketi.ledger.balances({ organizerId });
    return Object.fromEntries(all.map(({ account, amount }) => [account, amount]));
  }
  async function sound() {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(await ticketi.ledger.verify({ organizerId: office.organizer.id })).toEqual({
      balanced: true,
      findings: [],
    });
  }

  test('pay a part: the rest is due through the provider, and the books say so', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 3000 });
    expect(await balances()).toEqual({ organizer_payable: 3000, gift_cards: -3000 });
    const { order } = await aPlacedOrder(ticketi, office, { giftCards: [card.code] });
    expect(order).toMatchObject({
      state: 'pending',
      total: 5000,
      credited: 3000,
      due: 2000,
      giftCards: [{ giftCardId: card.id, lastFour: card.code.slice(-4), amount: 3000 }],
      provider: 'manual',
    });
    expect(await balanceOf(card)).toBe(0);
    await expect(aPlacedOrder(ticketi, office, { giftCards: [card.code] })).rejects.toMatchObject(
      notValid,
    );
    const pending = await ticketi.orders.pay({ orderId: order.id });
    const paymentId = pending.payment?.id ?? '';
    expect((await ticketi.payments.get({ paymentId })).amount).toBe(2000);
    const paid = await payInCash(ticketi, pending);
    expect(paid.state).toBe('paid');
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(1);
    expect(await balances()).toEqual({
      provider_clearing: 2000,
      gift_cards: 0,
      platform_fees: -100,
      organizer_payable: 3000 - 4900,
    });
    await sound();
  });

  test('pay in full: the order is paid when it is placed', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 8000 });
    const { order } = await aPlacedOrder(ticketi, office, { giftCards: [card.code] });
    expect(order).toMatchObject({ state: 'paid', due: 0, provider: null, payment: null });
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(1);
    expect(await balanceOf(card)).toBe(3000);
    await expect(ticketi.orders.pay({ orderId: order.id })).rejects.toMatchObject({
      code: 'order_not_pending',
    });
    clock.advance({ days: 1 });
    await ticketi.orders.expire({});
    await ticketi.holds.sweep({});
    expect(await balanceOf(card)).toBe(3000);
    expect(await ticketi.giftCards.get({ giftCardId: card.id })).toMatchObject({
      uses: [{ orderId: order.id, amount: 5000, refunded: 0, state: 'paid' }],
    });
    await sound();
  });

  test('go together, in the order given; one that is named twice counts once', async () => {
    const first = await aGiftCard(ticketi, office, { amount: 1000 });
    const second = await aGiftCard(ticketi, office, { amount: 9000 });
    const spelt = first.code.toLowerCase().replaceAll('-', ' ');
    const { order } = await aPlacedOrder(ticketi, office, {
      giftCards: [second.code, first.code, spelt],
    });
    expect(order.giftCards).toMatchObject([{ giftCardId: second.id, amount: 5000 }]);
    const both = await aPlacedOrder(ticketi, office, {
      giftCards: [spelt, first.code, second.code],
    });
    expect(both.order.giftCards).toMatchObject([
      { giftCardId: first.id, amount: 1000 },
      { giftCardId: second.id, amount: 4000 },
    ]);
    expect(both.order.state).toBe('paid');
    expect([await balanceOf(first), await balanceOf(second)]).toEqual([0, 0]);
    const six = { giftCards: Array.from({ length: 6 }, () => first.code) };
    await expect(aPlacedOrder(ticketi, office, six)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await sound();
  });

  test('that pay nothing here all read alike, and nothing is left of the attempt', async () => {
    const elsewhere = await aBoxOffice(ticketi);
    const expired = await aGiftCard(ticketi, office, { expiresAt: clock.now() });
    const disabled = await aGiftCard(ticketi, office);
    await ticketi.giftCards.update({ giftCardId: disabled.id, state: 'disabled' });
    const empty = await aGiftCard(ticketi, office, { amount: 1 });
    await aPlacedOrder(ticketi, office, { giftCards: [empty.code] });
    const codes = [
      expired.code,
      disabled.code,
      empty.code,
      (await aGiftCard(ticketi, office, { currency: 'CHF' })).code,
      (await aGiftCard(ticketi, elsewhere)).code,
      'GC-0000-0000-0000-0000',
    ];
    const good = await aGiftCard(ticketi, office);
    const { hold, actor } = await aHold(ticketi, office);
    const place = (giftCards: string[]) =>
      ticketi.as(actor).orders.place({ holdId: hold.id, buyer, payment: { giftCards } });
    for (const code of codes) {
      const lastFour = code.slice(-4);
      const refused = { ...notValid, details: { lastFour } };
      await expect(place([good.code, code])).rejects.toMatchObject(refused);
      const asked = ticketi.as(anonymous).giftCards.balance({ code, eventId: office.event.id });
      await expect(asked).rejects.toMatchObject(refused);
    }
    const nonsense = { ...notValid, details: { lastFour: null } };
    await expect(place(['my secret'])).rejects.toMatchObject(nonsense);
    expect(await balanceOf(good)).toBe(5000);
    expect((await place([good.code])).state).toBe('paid');
    await sound();
  });

  test('are shown once: no code lies in the database, the outbox or the audit', async () => {
    const { organizer, ownerId } = office;
    const input = { organizerId: organizer.id, amount: 700, currency: 'EUR', note: 'Raffle' };
    const owner = ticketi.as({ type: 'user', id: ownerId });
    const options = { idempotencyKey: 'one-gift-card' };
    const card = await owner.giftCards.issue(input, options);
    expect(await owner.giftCards.issue(input, options)).toEqual(card);
    await aPlacedOrder(ticketi, office, { giftCards: [card.code] });
    const { items } = await owner.giftCards.list({ organizerId: organizer.id });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: card.id, loaded: 700, balance: 0, note: 'Raffle' });
    expect(items[0]).not.toHaveProperty('code');
    const plain = card.code.slice(3).replaceAll('-', '');
    for (const rows of (await base.contents()).values()) {
      const text = JSON.stringify(rows);
      expect(text).not.toContain(card.code);
      expect(text).not.toContain(plain);
    }
  });

  test('tell whoever knows the code what is left', async () => {
    const card = await aGiftCard(ticketi, office, { expiresAt: '2099-01-01T00:00:00.000Z' });
    const { giftCards } = ticketi.as(anonymous);
    const expected = { currency: 'EUR', balance: 5000, expiresAt: '2099-01-01T00:00:00.000Z' };
    expect(await giftCards.balance({ code: card.code.toLowerCase() })).toMatchObject(expected);
    const { order } = await aPlacedOrder(ticketi, office, { giftCards: [card.code], quantity: 2 });
    await expect(giftCards.balance({ code: card.code })).rejects.toMatchObject(notValid);
    clock.advance({ minutes: 30 });
    expect((await orderNow(order)).state).toBe('expired');
    // Nobody has written down that the order has expired.
    expect(await giftCards.balance({ code: card.code })).toMatchObject(expected);
    expect(await balanceOf(card)).toBe(5000);
  });

  test('have theirs back when the order is cancelled, expires, or its event is cancelled', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 4000 });
    const place = async () =>
      (await aPlacedOrder(ticketi, office, { giftCards: [card.code] })).order;
    const first = await place();
    await ticketi.orders.cancel({ orderId: first.id });
    expect(await balanceOf(card)).toBe(4000);
    await place();
    clock.advance({ minutes: 30 });
    // The next order takes it back by itself; so does writing down that the last one expired.
    const third = await place();
    await ticketi.orders.expire({});
    expect(await balanceOf(card)).toBe(0);
    await ticketi.orders.cancel({ orderId: third.id });
    await place();
    clock.advance({ minutes: 30 });
    await ticketi.orders.expire({});
    await ticketi.orders.expire({});
    await place();
    await ticketi.events.cancel({ eventId: office.event.id });
    const { balance, uses } = await ticketi.giftCards.get({ giftCardId: card.id });
    expect(balance).toBe(4000);
    expect(uses.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'released'));
    await sound();
  });

  /** An order paid in part by the card, whose payment the provider has not settled in time. */
  async function overdue(code: string) {
    const placed = await aPlacedOrder(ticketi, office, { giftCards: [code] });
    const late = { provider: 'sandbox', method: 'answers_late' };
    const { payment } = await ticketi.orders.pay({ orderId: placed.order.id, ...late });
    clock.advance({ minutes: 30 });
    return { order: placed.order, paymentId: payment?.id ?? '' };
  }

  test.each([
    ['before it was written down', false],
    ['after it was swept', true],
  ])('pay their share of a late payment %s that it expired', async (_when, swept) => {
    const card = await aGiftCard(ticketi, office, { amount: 3000 });
    const { order, paymentId } = await overdue(card.code);
    if (swept) {
      await ticketi.orders.expire({});
      await ticketi.holds.sweep({});
    }
    expect(await balanceOf(card)).toBe(3000);
    expect((await ticketi.payments.check({ paymentId })).state).toBe('paid');
    expect(await balanceOf(card)).toBe(0);
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(1);
    await sound();
  });

  test('are gone when another order has spent them: the late payment goes back', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 3000 });
    const { order, paymentId } = await overdue(card.code);
    const other = await aPaidOrder(ticketi, office, { giftCards: [card.code] });
    const after = await ticketi.payments.check({ paymentId });
    expect(after).toMatchObject({ state: 'expired', refunded: 2000, due: 2000 });
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(0);
    expect((await orderNow(other.order)).state).toBe('paid');
    const { items } = await ticketi.pools.list({ eventId: office.event.id });
    expect(items[0]?.claimed).toBe(1);
    await sound();
  });

  test('pay one of several late payments that come at once, and the others go back', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 3000 });
    const late: Awaited<ReturnType<typeof overdue>>[] = [];
    for (let n = 0; n < 6; n += 1) late.push(await overdue(card.code));
    const orders = await Promise.all(
      late.map(({ paymentId }) => ticketi.payments.check({ paymentId })),
    );
    const paid = orders.filter(({ state }) => state === 'paid');
    expect(paid).toHaveLength(1);
    expect(orders.filter(({ refunded }) => refunded === 2000)).toHaveLength(5);
    expect(await balanceOf(card)).toBe(0);
    await sound();
  });

  test('grant orders that are placed at once what those before them have left', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 12_000 });
    const held = await Promise.all([1, 2, 3, 4, 5].map(() => aHold(ticketi, office)));
    const settled = await Promise.allSettled(
      held.map(({ hold, actor }) => {
        const payment = { giftCards: [card.code] };
        return ticketi.as(actor).orders.place({ holdId: hold.id, buyer, payment });
      }),
    );
    const placed = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(placed.map(({ credited }) => credited).sort()).toEqual([2000, 5000, 5000]);
    expect(refused).toMatchObject([notValid, notValid]);
    await sound();
  });

  test('have theirs back when a late payment finds its places taken', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 3000 });
    const { paymentId } = await overdue(card.code);
    await aHold(ticketi, office, { quantity: 10 });
    expect((await ticketi.payments.check({ paymentId })).state).toBe('expired');
    expect(await balanceOf(card)).toBe(3000);
    await sound();
  });

  test('that are disabled or expire meanwhile: who has their share keeps it', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 3000 });
    const { order } = await aPlacedOrder(ticketi, office, { giftCards: [card.code] });
    await ticketi.giftCards.update({ giftCardId: card.id, state: 'disabled' });
    expect((await payInCash(ticketi, order)).state).toBe('paid');
    const second = await aGiftCard(ticketi, office, { amount: 3000 });
    const { paymentId } = await overdue(second.code);
    await ticketi.giftCards.update({ giftCardId: second.id, expiresAt: clock.now() });
    expect((await ticketi.payments.check({ paymentId })).state).toBe('expired');
    await sound();
  });

  test('are given back what they paid, never more', async () => {
    const first = await aGiftCard(ticketi, office, { amount: 1000 });
    const second = await aGiftCard(ticketi, office, {
      amount: 2000,
      expiresAt: new Date(Date.parse(clock.now()) + 60_000).toISOString(),
    });
    const { order } = await aPaidOrder(ticketi, office, {
      giftCards: [first.code, second.code],
    });
    clock.advance({ minutes: 2 });
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    const refund = (amount?: number) => owner.giftCards.refund({ orderId: order.id, amount });
    expect((await refund(1500)).refunded).toBe(1500);
    expect([await balanceOf(first), await balanceOf(second)]).toEqual([1000, 500]);
    await expect(refund(1501)).rejects.toMatchObject({
      code: 'refund_above_credit',
      details: { orderId: order.id, refundable: 1500 },
    });
    expect(await refund()).toMatchObject({ refunded: 3000, state: 'paid' });
    await expect(refund()).rejects.toMatchObject({ code: 'refund_above_credit' });
    expect([await balanceOf(first), await balanceOf(second)]).toEqual([1000, 2000]);
    // It has its money back and stays expired, until its expiry is moved.
    const spend = () => aPlacedOrder(ticketi, office, { giftCards: [second.code] });
    await expect(spend()).rejects.toMatchObject(notValid);
    await ticketi.giftCards.update({ giftCardId: second.id, expiresAt: null });
    expect((await spend()).order.credited).toBe(2000);
    expect((await balances()).gift_cards).toBe(-3000);
    const { items } = await owner.outbox.list({
      organizerId: office.organizer.id,
      type: 'gift_card.refunded',
    });
    expect(items.map(({ data }) => data)).toMatchObject([
      { giftCardId: second.id, amount: 1500 },
      { giftCardId: second.id, amount: 500 },
      { giftCardId: first.id, amount: 1000 },
    ]);
    await sound();
  });

  test('give nothing back for an order that is not paid, or that they did not pay', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 1000 });
    const { order } = await aPlacedOrder(ticketi, office, { giftCards: [card.code] });
    const refused = { code: 'refund_above_credit', details: { refundable: 0 } };
    const refund = (orderId: string) => ticketi.giftCards.refund({ orderId });
    await expect(refund(order.id)).rejects.toMatchObject(refused);
    const plain = await aPaidOrder(ticketi, office);
    await expect(refund(plain.order.id)).rejects.toMatchObject(refused);
  });

  test('pay a resale: the seller is owed what the card paid', async () => {
    const seller = await aPaidOrder(ticketi, office);
    const listing = await aListing(ticketi, seller, { price: 4000 });
    const card = await aGiftCard(ticketi, office, { amount: 9000 });
    const bought = await ticketi.as(anonymous).resale.buy({
      listingId: listing.id,
      buyer,
      payment: { provider: 'sandbox', giftCards: [card.code] },
    });
    expect(bought).toMatchObject({ state: 'paid', total: 4200, credited: 4200, due: 0 });
    expect(await balances()).toMatchObject({
      provider_clearing: 5000,
      gift_cards: -4800,
      seller_payable: -3800,
    });
    await sound();
  });

  test('pay no resale whose ticket is void: the card keeps its money', async () => {
    const seller = await aPaidOrder(ticketi, office);
    const listing = await aListing(ticketi, seller, { price: 4000 });
    const hold = await ticketi.as(anonymous).resale.reserve({ listingId: listing.id });
    await ticketi.tickets.void({ ticketId: seller.tickets[0]?.id ?? '' });
    const card = await aGiftCard(ticketi, office, { amount: 9000 });
    const guest = ticketi.as({ type: 'guest', token: hold.accessToken ?? '' });
    await expect(
      guest.orders.place({ holdId: hold.id, buyer, payment: { giftCards: [card.code] } }),
    ).rejects.toMatchObject({ code: 'listing_closed' });
    expect(await balanceOf(card)).toBe(9000);
    await sound();
  });
});

/** A database that keeps what it is asked. */
function recording(texts: string[]): SqliteDatabase {
  const database = new Database(':memory:');
  return {
    get inTransaction() {
      return database.inTransaction;
    },
    prepare(text) {
      texts.push(text);
      return database.prepare(text);
    },
    exec: (text) => database.exec(text),
    pragma: (text) => database.pragma(text),
    close: () => database.close(),
  };
}

test('orders without gift cards ask nothing of them', async () => {
  const texts: string[] = [];
  const storage = sqlite({ database: () => recording(texts) });
  const clock = testClock();
  const ticketi = await ticketiOn(storage, clock);
  const office = await aBoxOffice(ticketi);
  const { code } = await aGiftCard(ticketi, office);
  const asked = () => texts.filter((text) => /"ticketi_gift_card\w+"/.test(text)).length;
  const before = asked();
  await aPaidOrder(ticketi, office);
  const second = await aPlacedOrder(ticketi, office);
  await ticketi.orders.cancel({ orderId: second.order.id });
  const third = await aPlacedOrder(ticketi, office);
  const { payment } = await ticketi.orders.pay({ orderId: third.order.id });
  clock.advance({ minutes: 30 });
  await ticketi.orders.expire({});
  const { due: amount, currency } = third.order;
  await ticketi.payments.confirm({ paymentId: payment?.id ?? '', amount, currency });
  await aPlacedOrder(ticketi, office);
  await ticketi.events.cancel({ eventId: office.event.id });
  expect(asked()).toBe(before);
  const other = await aBoxOffice(ticketi);
  await expect(aPlacedOrder(ticketi, other, { giftCards: [code] })).rejects.toMatchObject(notValid);
  expect(asked()).toBeGreaterThan(before);
  await ticketi.close();
});
