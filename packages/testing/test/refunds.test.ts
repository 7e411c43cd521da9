import { type Order, sandboxProvider, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

describe.each(databases)('refunds of paid orders on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock, { payments: { sandbox: sandboxProvider() } });
  });
  beforeEach(async () => {
    // One ticket is 50.00, of which 1.00 is the fee.
    office = await aBoxOffice(ticketi, { capacity: 20, fee: { percent: '0', fixed: 100 } });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const owner = () => ticketi.as({ type: 'user', id: office.ownerId });
  const orderNow = ({ id }: Order) => ticketi.orders.get({ orderId: id });
  const claimed = async () =>
    (await ticketi.pools.list({ eventId: office.event.id })).items[0]?.claimed;
  async function balances() {
    const organizerId = office.organizer.id;
    const { balances: all } = await ticketi.ledger.balances({ organizerId });
    return Object.fromEntries(all.map(({ account, amount }) => [account, amount]));
  }
  async function sound() {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  test('a ticket: it is void, its place free, the money sent, the books say so', async () => {
    const { order, tickets } = await aPaidOrder(ticketi, office, { quantity: 3 });
    const [first] = tickets;
    const orderId = order.id;
    const refund = await owner().refunds.create({ orderId, ticketIds: [first?.id ?? ''] });
    expect(refund).toMatchObject({
      amount: 5000,
      platformFee: 100,
      lines: [{ line: 0, quantity: 1, amount: 5000 }],
      ticketIds: [first?.id],
      kind: 'requested',
      code: null,
      means: [{ to: 'provider', amount: 5000 }],
    });
    expect(await orderNow(order)).toMatchObject({
      state: 'paid',
      givenBack: 5000,
      refunded: 5000,
      refundState: 'partial',
    });
    expect(await ticketi.tickets.get({ ticketId: first?.id ?? '' })).toMatchObject({
      state: 'void',
      voidReason: 'refunded',
    });
    expect(await claimed()).toBe(2);
    expect(await balances()).toEqual({
      provider_clearing: 10_000,
      platform_fees: -200,
      organizer_payable: -9800,
      buyer_credit: 0,
    });
    await expect(
      owner().refunds.create({ orderId, ticketIds: [first?.id ?? ''] }),
    ).rejects.toMatchObject({ code: 'not_refundable', details: { why: 'refunded' } });
    const rest = await owner().refunds.create({ orderId });
    expect(rest.amount).toBe(10_000);
    expect((await orderNow(order)).refundState).toBe('full');
    expect(await balances()).toEqual({
      provider_clearing: 0,
      platform_fees: 0,
      organizer_payable: 0,
      buyer_credit: 0,
    });
    await expect(owner().refunds.create({ orderId })).rejects.toMatchObject({
      code: 'nothing_to_refund',
    });
    await sound();
  });

  test('everything, with the fees kept: exactly those stay', async () => {
    const { order } = await aPaidOrder(ticketi, office, { quantity: 3 });
    const refund = await owner().refunds.create({ orderId: order.id, feesKept: true });
    expect(refund).toMatchObject({ amount: 14_700, platformFee: 0 });
    expect(await orderNow(order)).toMatchObject({ refundState: 'partial', givenBack: 14_700 });
    expect(await balances()).toEqual({
      provider_clearing: 300,
      platform_fees: -300,
      organizer_payable: 0,
      buyer_credit: 0,
    });
    await sound();
  });

  test('an amount voids nothing, and is never more than is left', async () => {
    const { order } = await aPaidOrder(ticketi, office, { quantity: 2 });
    const orderId = order.id;
    const refund = await owner().refunds.create({ orderId, amount: 1000, reason: 'Wet seat' });
    expect(refund).toMatchObject({
      kind: 'goodwill',
      reason: 'Wet seat',
      lines: [],
      ticketIds: [],
    });
    expect(await claimed()).toBe(2);
    await expect(owner().refunds.create({ orderId, amount: 9001 })).rejects.toMatchObject({
      code: 'refund_above_paid',
      details: { refundable: 9000 },
    });
    await owner().refunds.create({ orderId, amount: 9000 });
    expect(new Set(Object.values(await balances()))).toEqual(new Set([0]));
    expect((await ticketsOf(ticketi, orderId)).map(({ state }) => state)).toEqual([
      'valid',
      'valid',
    ]);
    await sound();
  });

  test('that the provider does not take stay due, and are sent later', async () => {
    let isDown = true;
    const sandbox = sandboxProvider();
    const flaky = await ticketiOn(base.storage(), clock, {
      payments: {
        sandbox: {
          ...sandbox,
          refund: (request) =>
            isDown ? Promise.reject(new Error('down')) : sandbox.refund(request),
        },
      },
    });
    const { order } = await aPlacedOrder(flaky, office);
    await flaky.orders.pay({ orderId: order.id, provider: 'sandbox' });
    await flaky.refunds.create({ orderId: order.id });
    expect(await orderNow(order)).toMatchObject({ refundState: 'full', refunded: 0 });
    expect((await balances()).buyer_credit).toBe(-5000);
    await sound();
    isDown = false;
    await flaky.payments.reconcile({ limit: 1000 });
    expect(await orderNow(order)).toMatchObject({ refundState: 'full', refunded: 5000 });
    expect((await balances()).buyer_credit).toBe(0);
    await sound();
    await flaky.close();
  });

  test('go through the provider first, then to the cards that paid', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 6000 });
    const { order } = await aPaidOrder(ticketi, office, { quantity: 2, giftCards: [card.code] });
    const orderId = order.id;
    const half = await owner().refunds.create({ orderId, amount: 5000 });
    expect(half.means).toMatchObject([
      { to: 'provider', amount: 4000 },
      { to: 'gift_card', giftCardId: card.id, amount: 1000 },
    ]);
    const back = await owner().giftCards.refund({ orderId, amount: 2000 });
    expect(back).toMatchObject({ givenBack: 7000, refunded: 7000, refundState: 'partial' });
    await expect(owner().giftCards.refund({ orderId, amount: 3001 })).rejects.toMatchObject({
      code: 'refund_above_credit',
      details: { refundable: 3000 },
    });
    const rest = await owner().refunds.create({ orderId });
    expect(rest).toMatchObject({ amount: 3000, means: [{ to: 'gift_card', amount: 3000 }] });
    expect((await ticketi.giftCards.get({ giftCardId: card.id })).balance).toBe(6000);
    expect(await balances()).toMatchObject({
      provider_clearing: 0,
      platform_fees: 0,
      buyer_credit: 0,
      organizer_payable: 6000,
      gift_cards: -6000,
    });
    await sound();
  });

  test('become a gift card, whose code its buyer and those who issue cards can read', async () => {
    const { order } = await aPaidOrder(ticketi, office, { userId: 'gerda' });
    const options = { idempotencyKey: 'refund-to-credit-1' };
    const input = { orderId: order.id, to: 'credit' as const };
    const refund = await owner().refunds.create(input, options);
    expect(refund).toMatchObject({ amount: 5000, means: [{ to: 'credit', amount: 5000 }] });
    expect(await owner().refunds.create(input, options)).toEqual(refund);
    const orderRefundId = refund.id;
    const gerda = ticketi.as({ type: 'user', id: 'gerda' });
    for (const reader of [owner(), gerda, ticketi]) {
      expect(await reader.refunds.get({ orderRefundId })).toEqual(refund);
    }
    await owner().members.add({
      organizerId: office.organizer.id,
      userId: 'till',
      role: 'box_office',
    });
    const till = ticketi.as({ type: 'user', id: 'till' });
    expect(await till.refunds.get({ orderRefundId })).toEqual({ ...refund, code: null });
    const listed = { organizerId: office.organizer.id, orderId: order.id };
    expect((await till.refunds.list(listed)).items).toEqual([{ ...refund, code: null }]);
    expect((await gerda.refunds.list(listed)).items).toEqual([refund]);
    expect(await orderNow(order)).toMatchObject({ refundState: 'full', refunded: 5000 });
    expect(await balances()).toEqual({
      provider_clearing: 5000,
      platform_fees: 0,
      organizer_payable: 0,
      buyer_credit: 0,
      gift_cards: -5000,
    });
    const again = await aPlacedOrder(ticketi, office, { giftCards: [refund.code ?? ''] });
    expect(again.order.state).toBe('paid');
    const plain = (refund.code ?? '').slice(3).replaceAll('-', '');
    for (const rows of (await base.contents()).values()) {
      expect(JSON.stringify(rows)).not.toContain(plain);
    }
    await sound();
  });

  test('of groups and bundles are as they were sold', async () => {
    const eventId = office.event.id;
    const draws = [{ poolId: office.pool.id, units: 4 }];
    const table = await owner().ticketTypes.create({
      eventId,
      name: 'Table',
      price: 20_001,
      admissions: 4,
      draws,
    });
    const items = [{ ticketTypeId: table.id, quantity: 2 }];
    const { order, tickets } = await aPaidOrder(ticketi, office, { items });
    const ids = tickets.map(({ id }) => id);
    expect(ids).toHaveLength(8);
    const orderId = order.id;
    await expect(
      owner().refunds.create({ orderId, ticketIds: ids.slice(0, 3) }),
    ).rejects.toMatchObject({ code: 'incomplete_group', details: { line: 0, tickets: 4 } });
    const one = await owner().refunds.create({ orderId, ticketIds: ids.slice(0, 4) });
    expect(one.lines).toEqual([{ line: 0, quantity: 1, amount: 20_101 }]);
    expect(await claimed()).toBe(4);
    const rest = await owner().refunds.create({
      orderId,
      items: [{ ticketTypeId: table.id, quantity: 1 }],
    });
    expect(rest.ticketIds).toEqual(ids.slice(4));
    expect(await claimed()).toBe(0);
    await sound();
  });

  test('of what was used or sold on are refused; managers may refund what was used', async () => {
    const { order, tickets, actor } = await aPaidOrder(ticketi, office, {
      quantity: 3,
      userId: 'sally',
    });
    const [used, sold, listed] = tickets;
    const orderId = order.id;
    const { code } = await ticketi.tickets.code({ ticketId: used?.id ?? '' });
    await owner().checkin.scan({ eventId: office.event.id, code });
    const offers = { order, tickets: sold ? [sold] : [], actor, hold: undefined as never };
    const offer = await aListing(ticketi, offers);
    await ticketi.as({ type: 'anonymous' }).resale.buy({
      listingId: offer.id,
      buyer: { name: 'Ben', email: 'ben@example.com' },
      payment: {
        provider: 'sandbox',
        giftCards: [(await aGiftCard(ticketi, office, { amount: 1000 })).code],
      },
    });
    const open = await aListing(ticketi, { ...offers, tickets: listed ? [listed] : [] });
    const refused = (why: string) => ({ code: 'not_refundable', details: { why } });
    const create = (id: string | undefined, ignorePolicy = false) =>
      owner().refunds.create({ orderId, ticketIds: [id ?? ''], ignorePolicy });
    await expect(create(used?.id)).rejects.toMatchObject(refused('checked_in'));
    await expect(create(sold?.id)).rejects.toMatchObject(refused('resold'));
    expect((await create(used?.id, true)).amount).toBe(5000);
    expect((await create(listed?.id)).amount).toBe(5000);
    expect((await ticketi.resale.get({ listingId: open.id })).state).toBe('invalidated');
    const { items } = await ticketi.orders.list({ eventId: office.event.id });
    const resale = items.find(({ kind }) => kind === 'resale');
    await expect(
      owner().giftCards.refund({ orderId: resale?.id ?? '', amount: 1 }),
    ).rejects.toMatchObject(refused('bought_resold'));
    await expect(owner().refunds.create({ orderId: resale?.id ?? '' })).rejects.toMatchObject(
      refused('bought_resold'),
    );
    await sound();
  });

  test('of tickets that were made void before: their money comes back, their places once', async () => {
    const { order, tickets } = await aPaidOrder(ticketi, office, { quantity: 2 });
    await owner().tickets.void({ ticketId: tickets[0]?.id ?? '' });
    expect(await claimed()).toBe(1);
    expect((await owner().refunds.create({ orderId: order.id })).amount).toBe(10_000);
    expect(await claimed()).toBe(0);
    await sound();
  });

  test('of orders that are not paid are refused', async () => {
    const { order } = await aPlacedOrder(ticketi, office);
    await expect(owner().refunds.create({ orderId: order.id })).rejects.toMatchObject({
      code: 'order_not_paid',
      details: { state: 'pending' },
    });
  });
});
